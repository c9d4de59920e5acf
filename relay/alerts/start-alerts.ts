import type { RelayServices } from '../http/services';
import type { StoredOperation } from '../store/types';
import type { Alert } from './alert';
import { AlertPlace, kindOfFailure, type FailureKind } from './alert-place';
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

/** How often the state is looked at, in ms. */
const LOOK_MS = 10_000;
/** Failures named in an alert. */
const NAMED = 5;
/** Failures of a state taken note of between two looks. */
const MOST_KEPT = 200;
const REMEDY = 'The console and `suiterelay failures` say why, and what to do.';
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
  const places = alerts.map((config) => new AlertPlace(config, log));
  const failed = { dead: new Set<string>(), review: new Set<string>() };
  let fullSince: Map<string, number> = new Map();
  let running: Promise<void> = Promise.resolve();

  const unlisten = store.onSettled((settled) => {
    for (const { state, operationId } of settled)
      if ((state === 'dead' || state === 'review') && failed[state].size < MOST_KEPT) failed[state].add(operationId);
  });

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
    for (const place of places) await place.tellOwed(now());
    const told = [...conditions, ...refusedAccounts(services), ...(await staleNames(services, startedAt))];
    for (const condition of told) for (const place of places) await place.tell(toAlert(services, condition, []), now());
    for (const watch of WATCHES) await watch(services, (condition) => tellOnce(services, places, condition));
    await tellFailures(services, places, failed);
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

/** Tells what is said once only. True once a place has heard it; the others that want it are told as soon as they can be. */
async function tellOnce(
  services: RelayServices,
  places: readonly AlertPlace[],
  condition: Condition,
): Promise<boolean> {
  const alert = toAlert(services, condition, []);
  const missed: AlertPlace[] = [];
  for (const place of places) if (!(await place.tell(alert, services.now()))) missed.push(place);
  if (missed.length === places.length) return false;
  for (const place of missed) place.owe(alert);
  return true;
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

const FAILED: Readonly<Record<FailureKind, string>> = {
  dead: 'failed for good',
  review: 'wait for a decision',
  delivery: 'could not be delivered to a CRM',
};

/** Has each place keep the failures of the kinds that it wants, and tells it those since the last alert of their kind together. */
async function tellFailures(
  services: RelayServices,
  places: readonly AlertPlace[],
  failed: Readonly<Record<'dead' | 'review', Set<string>>>,
): Promise<void> {
  const { store, now } = services;
  for (const ids of [failed.dead, failed.review])
    for (const id of ids) {
      const operation = await store.getOperation(id);
      const kind = operation && kindOfFailure(operation);
      if (kind) for (const place of places) place.addFailure(kind, id);
      ids.delete(id);
    }
  const alertOf = (kind: FailureKind, operations: readonly StoredOperation[], more: boolean): Alert => {
    const title = `${operations.length}${more ? ' or more' : ''} operations ${FAILED[kind]}`;
    return toAlert(services, { kind, title, remedy: REMEDY }, operations);
  };
  for (const place of places)
    for (const kind of ['dead', 'review', 'delivery'] as const)
      await place.tellFailures(kind, { store, nowMs: now(), alertOf });
}

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
