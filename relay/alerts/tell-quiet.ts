import type { RelayServices } from '../http/services';
import { flowSeenCursor } from '../watch/flow-activity';
import { judgeQuiet, type LastSeen, type QuietFlow } from '../watch/judge-quiet';
import type { Condition } from './judge-state';

/** Flows that an alert names. */
const NAMED = 8;
const WATCHED_SINCE = 'watched since ';

const toldCursor = (account: string): string => `quiet:${account}:told`;

const wordsOf = ({ title, flow, hours, never }: QuietFlow): string =>
  `${title} (${flow}) ${never ? `has had nothing in the ${hours} hours it is watched` : `for ${hours} hours`}`;

/** Tells of flows through which nothing has come for too long: once for as long as the same are quiet, whichever relay finds it. */
export async function tellQuiet(
  { store, settings, flowsOf, activity, now }: RelayServices,
  tell: (condition: Condition) => Promise<boolean>,
): Promise<void> {
  for (const { account } of settings().config.netsuite) {
    const watched = flowsOf(account).flows.filter(
      ({ enabled, quietAfterHours }) => enabled && quietAfterHours !== undefined,
    );
    if (watched.length === 0) continue;
    const last = new Map<string, LastSeen>();
    for (const { id } of watched) last.set(id, await lastSeen(store, account, id, activity.lastMs(account, id), now()));
    const quiet = judgeQuiet(watched, (flow) => last.get(flow), now());
    const state = quiet
      .map(({ flow }) => flow)
      .sort((a, b) => (a < b ? -1 : 1))
      .join(' ');
    const told = (await store.getCursor(toldCursor(account))) ?? '';
    if (state === told) continue;
    const before = new Set(told.split(' '));
    const fresh = quiet.filter(({ flow }) => !before.has(flow));
    if (fresh.length > 0 && !(await tell(toCondition(account, fresh)))) continue;
    await store.setCursor(toldCursor(account), state);
  }
}

function toCondition(account: string, quiet: readonly QuietFlow[]): Condition {
  const named = quiet.slice(0, NAMED).map(wordsOf).join('; ');
  return {
    kind: 'quiet',
    title: `Nothing comes through flows of NetSuite ${account}: ${named}${quiet.length > NAMED ? ' …' : ''}`,
    remedy:
      'Look whether the sender still sends: webhook subscriptions, triggers and keys in the CRM, User Events and the publish script in NetSuite. `suiterelay doctor` checks this side.',
  };
}

/** The newest of what this relay and others have seen. The first look at a flow that was never seen begins its watch. */
async function lastSeen(
  store: Pick<RelayServices['store'], 'getCursor' | 'setCursor'>,
  account: string,
  flow: string,
  ownMs: number | null,
  nowMs: number,
): Promise<LastSeen> {
  const cursor = flowSeenCursor(account, flow);
  const kept = await store.getCursor(cursor);
  if (kept === null && ownMs === null) {
    await store.setCursor(cursor, WATCHED_SINCE + new Date(nowMs).toISOString());
    return { atMs: nowMs, never: true };
  }
  const never = ownMs === null && kept!.startsWith(WATCHED_SINCE);
  const keptMs = kept === null ? 0 : Date.parse(kept.replace(WATCHED_SINCE, ''));
  return { atMs: Math.max(keptMs, ownMs ?? 0), never };
}
