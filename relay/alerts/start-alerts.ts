import type { RelayServices } from '../http/services';
import type { Settled, StoredOperation } from '../store/types';
import type { Alert, AlertKind } from './alert';
import { tellCredentials } from './tell-credentials';
import { tellOverdue } from './tell-overdue';
import { tellQuiet } from './tell-quiet';
import { tellRates } from './tell-rates';
import { tellRelease } from './tell-release';
import { tellDrift } from './tell-drift';
import { tellResets } from './tell-resets';
import { judgeState, updateFullSince } from './judge-state';
import type { Condition } from './judge-state';
import { namesCursor } from '../runtime/watch-names';
import { sendAlert } from './send-alert';
import { AlertThrottle } from './throttle-alerts';

/** How often the state is looked at, in ms. */
const LOOK_MS = 10_000;
/** Failures named in an alert. */
const NAMED = 5;
/** Failures kept for the next alert: a flood is told as a flood, not kept in memory one by one. */
const MOST_KEPT = 200;
/** Reference data may be a day old; an hour more for the look itself, in ms. */
const NAMES_STALE_MS = 25 * 3_600_000;
const STALE_MS = 30 * 60_000;
const SATURATED_MS = 10 * 60_000;

/** What is looked at beside the state of the work; each tells the same only once. */
const WATCHES = [tellRates, tellDrift, tellQuiet, tellCredentials, tellRelease, tellOverdue, tellResets] as const;

/** Watches for failures and bad conditions, and tells the configured places. Answers a function that stops it. */
export function startAlerts(services: RelayServices, lookMs = LOOK_MS): () => Promise<void> {
  const { store, now, log } = services;
  const { alerts } = services.settings().config;
  if (alerts.length === 0) return () => Promise.resolve();
  const throttles = alerts.map(({ everyMinutes }) => new AlertThrottle(everyMinutes * 60_000));
  const failed = new Map<string, Settled>();
  let fullSince: Map<string, number> = new Map();
  let running: Promise<void> = Promise.resolve();

  const unlisten = store.onSettled((settled) => {
    for (const one of settled) {
      if ((one.state === 'dead' || one.state === 'review') && failed.size < MOST_KEPT) failed.set(one.operationId, one);
    }
  });

  const tell = async (condition: Condition, operations: readonly StoredOperation[]): Promise<boolean> => {
    const alert = toAlert(services, condition, operations);
    let told = false;
    for (const [index, config] of alerts.entries()) {
      if (!config.on.includes(alert.kind) || !throttles[index]?.mayGo(alert.kind, now())) continue;
      try {
        await sendAlert(config, alert);
        told = true;
      } catch (error) {
        throttles[index].notTaken(alert.kind, now());
        log.error({ err: error, kind: alert.kind, to: config.type }, 'an alert could not be sent; trying again');
      }
    }
    return told;
  };

  const look = async (): Promise<void> => {
    const pools = (await Promise.all((await store.pools()).map((pool) => store.poolStatus(pool)))).filter(
      (pool) => pool !== null,
    );
    fullSince = updateFullSince(fullSince, pools, now());
    const stats = await store.stats();
    const conditions = judgeState({
      stats,
      pools,
      nowMs: now(),
      fullSince,
      staleMs: STALE_MS,
      saturatedMs: SATURATED_MS,
    });
    const told = [...conditions, ...refusedAccounts(services), ...(await staleNames(services, startedAt))];
    for (const condition of told) await tell(condition, []);
    for (const watch of WATCHES) await watch(services, (condition) => tell(condition, []));
    for (const kind of ['dead', 'review', 'delivery'] as const) await tellFailures(services, failed, kind, tell);
  };

  const startedAt = now();
  let looking = false;
  const timer = setInterval(() => {
    // A mailbox that is slow to answer must not have the same told by the next look.
    if (looking) return;
    looking = true;
    running = look()
      .catch((error: unknown) => log.error({ err: error }, 'looking for alerts failed'))
      .finally(() => {
        looking = false;
      });
  }, lookMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    unlisten();
    await running;
  };
}

/** Accounts that are sent nothing because of whose the credentials are. */
const refusedAccounts = (services: RelayServices): Condition[] =>
  services.refusedAccounts().map(({ account, message, remedy }) => ({
    kind: 'breaker',
    title: `Calls to ${account} are stopped: ${message}`,
    remedy: `Nothing is lost; it goes on by itself once that is put right. ${remedy}`,
  }));

/** Names of the flows that nobody could look up for more than a day (and an hour's grace). */
async function staleNames({ store, settings, now }: RelayServices, startedAt: number): Promise<Condition[]> {
  const stale: Condition[] = [];
  for (const { account } of settings().config.netsuite) {
    const seen = Date.parse((await store.getCursor(namesCursor(account))) ?? '');
    const since = Number.isNaN(seen) ? startedAt : seen;
    if (now() - since < NAMES_STALE_MS) continue;
    stale.push({
      kind: 'stale',
      title: `What the flows name in ${account} has not been looked up for ${Math.round((now() - since) / 3_600_000)} hours`,
      remedy: '`suiterelay doctor` says why: sign-in, permission to view the lists, or a name that is gone.',
    });
  }
  return stale;
}

/** Failures since the last alert of their kind, told together. */
async function tellFailures(
  { store }: RelayServices,
  failed: Map<string, Settled>,
  kind: 'dead' | 'review' | 'delivery',
  tell: (condition: Condition, operations: readonly StoredOperation[]) => Promise<boolean>,
): Promise<void> {
  const known: StoredOperation[] = [];
  for (const id of failed.keys()) {
    const operation = await store.getOperation(id);
    if (!operation || (operation.state !== 'dead' && operation.state !== 'review')) failed.delete(id);
    else if (kindOf(operation) === kind) known.push(operation);
  }
  if (known.length === 0) return;
  const what = { dead: 'failed for good', review: 'wait for a decision', delivery: 'could not be delivered to a CRM' }[
    kind
  ];
  const condition = {
    kind,
    title: `${known.length}${failed.size >= MOST_KEPT ? ' or more' : ''} operations ${what}`,
    remedy: 'The console and `suiterelay failures` say why, and what to do.',
  };
  if (await tell(condition, known)) for (const { operationId } of known) failed.delete(operationId);
}

const kindOf = ({ pool, state }: StoredOperation): AlertKind =>
  pool.startsWith('out:') ? 'delivery' : state === 'dead' ? 'dead' : 'review';

function toAlert(
  services: RelayServices,
  { kind, title, remedy }: Condition,
  operations: readonly StoredOperation[],
): Alert {
  return {
    kind,
    title,
    remedy,
    operations: operations.slice(0, NAMED).map(({ operationId, recordType, externalId, error }) => ({
      operationId,
      record: `${recordType} ${externalId}`,
      code: error?.code ?? '',
      message: error?.message ?? '',
    })),
    link: `${services.publicUrl()}/console/#${operations.length > 0 ? 'failures' : 'overview'}`,
    at: new Date(services.now()).toISOString(),
  };
}
