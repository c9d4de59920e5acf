import type { BadRecord } from '../test/fixtures';
import type { Outcome } from './await-outcomes';
import type { Difference } from './check-records';
import type { AccountView } from './check-records';
import type { Concurrency, Execution, Write } from './control';

export interface BadOutcome {
  kind: string;
  state: string;
  code: string;
  message: string;
  /** It ended where it should, for its own reason, and nothing of it is in NetSuite. */
  right: boolean;
}

export interface Summary {
  ok: boolean;
  sent: number;
  created: number;
  /** Records created by operations that an earlier run had left: it was stopped or killed, and its relay's store went on. */
  resumed: number;
  updated: number;
  unchanged: number;
  /** Operations that a batch handed back and that succeeded later. */
  deferred: number;
  review: number;
  dead: number;
  calls: number;
  units: number;
  /** By record type: units of the calls that wrote it, per record written. */
  unitsPerRecord: Record<string, number>;
  recordsPerCall: number;
  peak: number;
  limit: number;
  eventsBack: number;
  /** Records of the sample that are wrong or missing, and limits that were run into. */
  wrong: number;
  limitErrors: number;
  unsettled: number;
  /** Records that an earlier run had brought and this one wrote again. */
  moved: number;
  seconds: number;
}

export interface Run {
  outcomes: readonly Outcome[];
  differences: readonly Difference[];
  bad: readonly BadOutcome[];
  executions: readonly Execution[];
  writes: readonly Write[];
  concurrency: Concurrency;
  eventsBack: number;
  eventsExpected: number;
  startedAt: number;
  moved: number;
  /** Records that came into an account which knew the sample; null: it was fresh. */
  arrived: number | null;
}

const UPSERT = 'customscript_srl_upsert';
const LIMITS = /SSS_REQUEST_LIMIT_EXCEEDED|SSS_USAGE_LIMIT_EXCEEDED/;
const round = (value: number): number => Math.round(value * 100) / 100;

/** Where each bad record ended, and whether that is right. */
export function judgeBad(outcomes: readonly Outcome[], view: AccountView): BadOutcome[] {
  return outcomes.flatMap(({ record, view: operation }) => {
    if (!('kind' in record)) return [];
    const { kind, codes, absent }: BadRecord = record;
    // A copy that stands behind an earlier one of its record: what holds that one holds this one.
    const { state, error } = operation.behind?.state === 'review' ? operation.behind : operation;
    const missing = absent === null || !view.byExternalId.has(`${absent.recordType}|${absent.externalId}`);
    const right = (state === 'review' || state === 'dead') && codes.includes(error?.code ?? '') && missing;
    return [{ kind, state, code: error?.code ?? '', message: error?.message ?? '', right }];
  });
}

export function summarise(run: Run): Summary {
  const { outcomes, executions, writes, concurrency } = run;
  const results = (result: string): number => outcomes.filter(({ view }) => view.result === result).length;
  const states = (state: string): number => outcomes.filter(({ view }) => view.state === state).length;
  const created = results('created');
  const calls = executions.filter(({ scriptId, type }) => scriptId === UPSERT && /restlet/i.test(type));
  const deferred = outcomes.filter(
    ({ view }) => view.state === 'done' && view.attempts.some(({ code }) => code === 'DEFERRED'),
  ).length;
  const called = outcomes.reduce((sum, { view }) => sum + view.attempts.length, 0);
  const limitErrors =
    executions.filter(({ error }) => LIMITS.test(JSON.stringify(error ?? ''))).length + concurrency.rejected;
  const wrong = new Set(run.differences.map(({ externalId }) => externalId)).size;
  const badWrong = run.bad.filter(({ right }) => !right).length;
  const unsettled = outcomes.filter(({ record, view }) => !('kind' in record) && view.state !== 'done').length;
  const ok =
    wrong === 0 && badWrong === 0 && unsettled === 0 && limitErrors === 0 && run.eventsBack === run.eventsExpected;
  return {
    ok,
    sent: outcomes.length,
    created,
    resumed: run.arrived === null ? 0 : Math.max(0, run.arrived - created),
    updated: results('updated'),
    unchanged: results('unchanged') + results('duplicate'),
    deferred,
    review: states('review'),
    dead: states('dead'),
    calls: calls.length,
    units: round(calls.reduce((sum, { unitsUsed }) => sum + unitsUsed, 0)),
    unitsPerRecord: unitsPerRecord(calls, writes),
    recordsPerCall: calls.length === 0 ? 0 : round(called / calls.length),
    peak: concurrency.peak,
    limit: concurrency.limit,
    eventsBack: run.eventsBack,
    wrong: wrong + badWrong,
    limitErrors,
    unsettled,
    moved: run.moved,
    seconds: round((Date.now() - run.startedAt) / 1000),
  };
}

/** From the emulator's own ledgers: the units of every call, shared among the records it wrote. */
function unitsPerRecord(calls: readonly Execution[], writes: readonly Write[]): Record<string, number> {
  const typeOf = new Map<string, string>();
  const records = new Map<string, Set<string>>();
  for (const { executionId, scriptId, type, id } of writes) {
    if (scriptId !== UPSERT || executionId === undefined) continue;
    if (!['customer', 'contact', 'salesorder', 'lead', 'prospect'].includes(type)) continue;
    typeOf.set(executionId, type);
    records.set(type, (records.get(type) ?? new Set()).add(`${executionId}|${id}`));
  }
  const units = new Map<string, number>();
  for (const { id, unitsUsed } of calls) {
    const type = typeOf.get(id);
    if (type !== undefined) units.set(type, (units.get(type) ?? 0) + unitsUsed);
  }
  return Object.fromEntries([...units].map(([type, sum]) => [type, round(sum / (records.get(type)?.size ?? 1))]));
}
