import type { TakeInput, TakenBatch, TakeResult } from '../types';
import { batchStep, TAKEN_COLUMNS, toBatch } from './load-batch';
import { chooseWork, type Candidate, type LaneRow, type ShareRow } from './choose-work';
import {
  allocate,
  count,
  change,
  execute,
  insertRows,
  laneName,
  look,
  query,
  select,
  selectAll,
  together,
  togetherAtLast,
  toNumbers,
  type Script,
  type Step,
  type Tx,
  update,
} from './script';
import { S } from './states';

export interface GateRow {
  slots: number;
  usable: number;
  cool_until: number;
  probe_at: number;
  lent: number;
  lent_until: number | null;
  breaker: string;
  breaker_until: number | null;
}

export interface SlotRow {
  no: number;
  lane: number | null;
  lease_until: number;
}

/**
 * How long after a refusal one more slot is tried. Two slots that others gave back are ours again within a minute (the second step follows
 * the first at once, see `PROBE_ON_MS`), and with calls of about a second on three slots less than one call in a hundred is refused.
 */
export const PROBE_EVERY_MS = 40_000;
/** How long after a step that went well the next is tried. */
export const PROBE_ON_MS = 1_000;

/** Slot, lane, record type and batch in one decision: two relays never take the same slot, nor one record twice. */
export function* take(tx: Tx, input: TakeInput): Script<TakeResult> {
  const { gates, slots, candidates, lanes, shares, ahead, token } = yield* survey(tx, input);
  const [gate] = gates;
  if (!gate) throw new Error(`Pool ${input.pool} is not configured: call configurePool before take.`);
  if (gate.cool_until > tx.now) return { batch: null, reason: 'cooling', at: gate.cool_until };
  const halfOpen = gate.breaker !== 'closed';
  if (gate.breaker === 'open' && (gate.breaker_until ?? 0) > tx.now)
    return { batch: null, reason: 'breaker', at: gate.breaker_until };
  const busy = slots.filter((slot) => slot.lease_until > tx.now);
  if (halfOpen && busy.length > 0 && (yield* isProbing(tx, input.pool)))
    return { batch: null, reason: 'breaker', at: null };
  const room = roomOf(tx, gate, busy.length, slots.length);
  if (room.free <= 0) return { batch: null, reason: 'slots', at: room.probeAt };
  const choice = yield* chooseWork(tx, {
    input,
    candidates,
    ahead,
    lanes,
    shares,
    busy,
    usable: room.limit,
    shared: room.shared,
    halfOpen,
  });
  if ('reason' in choice) return { batch: null, ...choice };
  const slot = slots.find((one) => one.lease_until <= tx.now) as SlotRow;
  return { batch: yield* lease(tx, input, { ...choice, token, slot: slot.no, probe: room.probe, halfOpen }) };
}

/** Whether a call is under way whose outcome is still to come; the slot of one that was lost is only kept. */
function* isProbing(tx: Tx, pool: string): Script<boolean> {
  const rows = yield* query<{ one: number }>(
    'SELECT 1 AS one FROM slot s JOIN batch b ON b.token=s.token WHERE s.pool=? AND s.lease_until>? AND b.ended IS NULL LIMIT 1',
    pool,
    tx.now,
  );
  return rows.length > 0;
}

const GATE = `SELECT slots, usable, cool_until, probe_at, lent, lent_until, breaker, breaker_until FROM gate WHERE pool=? @lock`;

interface Survey {
  gates: GateRow[];
  slots: SlotRow[];
  candidates: Candidate[];
  lanes: LaneRow[];
  shares: ShareRow[];
  /** How many operations were asked for ahead. */
  ahead: number;
  /** Number of the batch that may come of it, where it is cheaper to let one go unused than to ask twice. */
  token: number | undefined;
}

/** All that the decision needs, under the lock on the gate: whoever decides next sees what came of this. */
function* survey(tx: Tx, { pool, sizing, defaultSizing }: TakeInput): Script<Survey> {
  const largest = Math.max(...[defaultSizing, ...Object.values(sizing)].map(({ maxOperations }) => maxOperations));
  const ahead = Math.min(MOST_AHEAD, largest);
  const [gates, slots, candidates, lanes, shares, numbers = []] = yield* together(
    select(GATE, pool),
    look('SELECT no, lane, lease_until FROM slot WHERE pool=? ORDER BY no', pool),
    tx.alone ? look(CANDIDATES, pool) : look(CANDIDATES_AHEAD, pool, ahead),
    look('SELECT lane, reserved, weight, vtime, paused FROM lane WHERE pool=?', pool),
    look('SELECT lane, source, vtime FROM share WHERE pool=?', pool),
    ...(tx.alone ? [] : [{ kind: 'allocate', sequence: 'batch', count: 1 } as const]),
  );
  return { gates, slots, candidates, lanes, shares, ahead, token: toNumbers(numbers)[0] } as unknown as Survey;
}

/** How many calls may start now. At the learnt limit, one more from time to time shows whether the account has room again. */
function roomOf(tx: Tx, gate: GateRow, busy: number, rows: number) {
  const lent = (gate.lent_until ?? 0) > tx.now ? gate.lent : 0;
  const ceiling = Math.min(gate.slots, rows) - lent;
  const usable = Math.max(0, Math.min(gate.usable, ceiling));
  const probe = busy === usable && usable < ceiling && gate.probe_at <= tx.now;
  const limit = probe ? usable + 1 : usable;
  return {
    free: limit - busy,
    limit,
    probe,
    shared: usable < ceiling,
    probeAt: usable < ceiling ? Math.max(gate.probe_at, tx.now) : null,
  };
}

/**
 * The oldest ready operation of each lane, source and record type: a few index probes each, whatever the backlog. Written as three
 * probes because SQLite uses only the first column of `(lane, source, type) > (…)`, and would walk through all that waits.
 */
const candidatesWith = (more: string): string => `WITH RECURSIVE p(seq) AS (
  SELECT (SELECT seq FROM op WHERE state=1 AND pool=? ORDER BY lane, source, type, @turn LIMIT 1)
  UNION ALL
  SELECT COALESCE(
    (SELECT n.seq FROM op n WHERE n.state=1 AND n.pool=o.pool AND n.lane=o.lane AND n.source=o.source AND n.type>o.type
      ORDER BY n.type, @turn(n) LIMIT 1),
    (SELECT n.seq FROM op n WHERE n.state=1 AND n.pool=o.pool AND n.lane=o.lane AND n.source>o.source
      ORDER BY n.source, n.type, @turn(n) LIMIT 1),
    (SELECT n.seq FROM op n WHERE n.state=1 AND n.pool=o.pool AND n.lane>o.lane
      ORDER BY n.lane, n.source, n.type, @turn(n) LIMIT 1))
  FROM p JOIN op o ON o.seq=p.seq)
  SELECT o.lane, o.source, o.type, o.seq, o.updated_at, o.bisect${more} FROM p JOIN op o ON o.seq=p.seq`;
const CANDIDATES = candidatesWith('');
/** With what follows the oldest of them, since the choice mostly falls on it: to ask for it then keeps all others waiting for a journey more. */
const CANDIDATES_AHEAD = candidatesWith(`,
  CASE WHEN o.seq=(SELECT MIN(seq) FROM p) THEN (SELECT json_agg(a) FROM (
    SELECT n.seq, n.weight, n.serialized, n.source FROM op n WHERE n.state=1 AND n.pool=o.pool AND n.lane=o.lane AND n.source=o.source
    AND n.type=o.type AND n.bisect IS NULL ORDER BY @turn(n) LIMIT ?) a) END AS ahead`);
/** Most operations that are asked for ahead. */
const MOST_AHEAD = 100;

export const findCandidates = (pool: string): Script<Candidate[]> => query<Candidate>(CANDIDATES, pool);

/**
 * How long a take waits for others who change what it chose (a bulk job that is filled, a change that supersedes what waits): everyone else
 * who takes waits with it. Then it is done again, and passes them over.
 */
const LONGEST_WAIT_MS = 20;

/**
 * They were not locked when they were chosen: that they are still ready is a condition here. The sum keeps PostgreSQL from reading the index
 * of all that is ready for it.
 */
const LEASE = `UPDATE op SET state=${S.leased}, attempts=attempts+1, token=?, lease_until=?, run_at=NULL, updated_at=?
  WHERE seq IN (SELECT v FROM @list(bigint) k) AND state+0=${S.ready}`;

/**
 * Takes operations and reads them. PostgreSQL has the rows under its hand while it writes them, and looked for them a second time; SQLite
 * would lay them all aside until it has written the last.
 */
const leaseAndRead = (tx: Tx, token: number, leaseUntil: number, seqs: readonly number[]): [Step[], Step] =>
  tx.alone
    ? [[update(LEASE, token, leaseUntil, tx.now, seqs)], batchStep(token, seqs)]
    : [[], selectAll(seqs.length, `${LEASE} RETURNING ${TAKEN_COLUMNS}`, token, leaseUntil, tx.now, seqs)];

const MATCHES = 'SELECT mval FROM match_wait WHERE seq IN (SELECT v FROM @list(bigint) k)';

interface Lease {
  token: number | undefined;
  lane: number;
  type: string;
  seqs: number[];
  serialized: number[];
  estimateMs: number;
  slot: number;
  probe: boolean;
  halfOpen: boolean;
}

function* lease(tx: Tx, input: TakeInput, chosen: Lease): Script<TakenBatch> {
  const token = chosen.token ?? (yield* allocate('batch', 1))[0] ?? 0;
  const leaseUntil = tx.now + input.leaseMs;
  const batchId = `b_${input.holder}_${token}`;
  const [taking, read] = leaseAndRead(tx, token, leaseUntil, chosen.seqs);
  if (!tx.alone && !tx.again) yield* execute(`SELECT set_config('lock_timeout', '${LONGEST_WAIT_MS}ms', true)`);
  yield* change(
    ...taking,
    update(
      'UPDATE slot SET holder=?, lane=?, token=?, lease_until=? WHERE pool=? AND no=?',
      input.holder,
      chosen.lane,
      token,
      leaseUntil,
      input.pool,
      chosen.slot,
    ),
    insertRows(
      'batch',
      ['token', 'batch_id', 'pool', 'lane', 'type', 'n', 'slot', 'holder', 'probe', 'estimate_ms', 'started'],
      [
        [
          token,
          batchId,
          input.pool,
          chosen.lane,
          chosen.type,
          chosen.seqs.length,
          chosen.slot,
          input.holder,
          chosen.probe ? 1 : 0,
          chosen.estimateMs,
          tx.now,
        ],
      ],
    ),
  );
  if (chosen.probe) yield* execute('UPDATE gate SET probe_at=? WHERE pool=?', tx.now + PROBE_EVERY_MS, input.pool);
  if (chosen.halfOpen)
    yield* execute(`UPDATE gate SET breaker='half-open', breaker_until=NULL WHERE pool=?`, input.pool);
  count(tx, input.pool, chosen.lane, 'queued', -chosen.seqs.length);
  count(tx, input.pool, chosen.lane, 'sending', chosen.seqs.length);
  const [rows = [], matches = []] = yield* togetherAtLast(
    read,
    ...(chosen.serialized.length > 0 ? [select(MATCHES, chosen.serialized)] : []),
  );
  const operations = toBatch(rows);
  const queues = [
    ...operations.map(({ recordKey }) => recordKey),
    ...(matches as unknown as { mval: string }[]).map(({ mval }) => `match:${mval}`),
  ];
  return {
    token,
    batchId,
    slot: chosen.slot,
    lane: laneName(chosen.lane),
    recordType: chosen.type,
    takenAt: tx.now,
    leaseUntil,
    estimateMs: chosen.estimateMs,
    probe: chosen.probe,
    operations,
    queues,
  };
}
