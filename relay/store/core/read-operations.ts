import { groupOf, type Warning } from '../../../contract';
import type {
  Attempt,
  Failure,
  HistoryEntry,
  OperationAhead,
  OperationDetail,
  OperationFilter,
  Page,
  RequestView,
  StoredOperation,
} from '../types';
import { numberOf } from './ids';
import { laneCode, query, queryOne, type Cell, type Param, type Script } from './script';
import { readJson } from './read-json';
import { HEAD_STATES, inList, innerStates, outerState, S, type Inner } from './states';
import { toOperation, type OperationRow } from './to-operation';

const COLUMNS = `o.seq, o.id, o.request_no, o.idx, o.pool, o.source, o.object, o.flow, o.lane, o.type, o.action, o.external_id, o.crm_id,
  o.rkey, o.version, o.full_state, o.on_failure, o.state, o.attempts, o.max_attempts, o.run_at, o.trace, o.result, o.error, o.superseded_by,
  o.created_at, o.updated_at, COALESCE(o.internal_id, (SELECT r.internal_id FROM rec r WHERE r.rkey=o.rkey)) AS internal_id,
  (SELECT q.id FROM request q WHERE q.no=o.request_no) AS request_id`;

/** One operation by its number; it must exist. */
export function* readOperation(seq: number): Script<StoredOperation> {
  const row = yield* queryOne<OperationRow>(`SELECT ${COLUMNS} FROM op o WHERE o.seq=?`, seq);
  if (!row) throw new Error(`Operation number ${seq} is gone.`);
  return toOperation(row);
}

/** Operations by a condition of one's own, in its order. */
export function* readRows(
  condition: string,
  ...params: Param[]
): Script<{ seq: number; operation: StoredOperation }[]> {
  const rows = yield* query<OperationRow>(`SELECT ${COLUMNS} FROM op o WHERE ${condition}`, ...params);
  return rows.map((row) => ({ seq: row.seq, operation: toOperation(row) }));
}

/** Most operations a request's view shows. */
const SHOWN = 1_000;

export function* getOperation(operationId: string): Script<OperationDetail | null> {
  const seq = numberOf(operationId);
  if (seq === null) return null;
  const row = yield* queryOne<OperationRow & { body: string; outcome: string | null; warnings: string | null }>(
    `SELECT ${COLUMNS}, o.body, o.outcome, o.warnings FROM op o WHERE o.seq=?`,
    seq,
  );
  if (!row || row.id !== operationId) return null;
  const outcome = readJson<Partial<Pick<OperationDetail, 'warnings' | 'changes' | 'skipped'>>>(row.outcome, {});
  const edges = yield* query<{ target: string }>(`SELECT target FROM edge WHERE seq=? AND target LIKE 'rec:%'`, seq);
  return {
    ...toOperation(row),
    attempts: yield* readAttempts(seq),
    history: yield* readHistory(seq),
    warnings: [...readJson<Warning[]>(row.warnings, []), ...(outcome.warnings ?? [])],
    changes: outcome.changes ?? [],
    skipped: outcome.skipped ?? [],
    missing: edges.map(({ target }) => target.slice(4)),
    behind: row.state === S.blocked || row.state === S.refused ? yield* readHead(row.rkey) : null,
    body: readJson<unknown>(row.body, { unreadable: row.body }),
  };
}

function* readHead(recordKey: string): Script<OperationAhead | null> {
  const row = yield* queryOne<OperationRow>(
    `SELECT ${COLUMNS} FROM op o WHERE o.rkey=? AND o.state IN (${HEAD_STATES.join(',')})`,
    recordKey,
  );
  if (!row) return null;
  const { operationId, state, source, object, error } = toOperation(row);
  return { operationId, state, source, object, error };
}

interface AttemptRow {
  at: number;
  batch_id: string;
  slot: number;
  units: number | null;
  ms: number | null;
  status: number | null;
  code: string | null;
  answer: string | null;
}

function* readAttempts(seq: number): Script<Attempt[]> {
  const rows = yield* query<AttemptRow>(
    'SELECT at, batch_id, slot, units, ms, status, code, answer FROM attempt WHERE seq=? ORDER BY token',
    seq,
  );
  return rows.map(({ at, batch_id, slot, units, ms, status, code, answer }) => ({
    at: new Date(at).toISOString(),
    batchId: batch_id,
    slot,
    units,
    ms,
    status,
    ...(code === null ? {} : { code }),
    ...(answer === null ? {} : { answer }),
  }));
}

function* readHistory(seq: number): Script<HistoryEntry[]> {
  const rows = yield* query<{ at: number; kind: string; actor: string | null; detail: string | null }>(
    'SELECT at, kind, actor, detail FROM history WHERE seq=? ORDER BY at',
    seq,
  );
  return rows.map(({ at, kind, actor, detail }) => ({
    at: new Date(at).toISOString(),
    kind,
    actor,
    detail: readJson<unknown>(detail, detail),
  }));
}

interface RequestRow {
  no: number;
  id: string;
  source: string;
  first_seq: number | null;
  last_seq: number | null;
  created_at: number;
}

export function* getRequest(requestId: string): Script<RequestView | null> {
  const no = numberOf(requestId);
  if (no === null) return null;
  const request = yield* queryOne<RequestRow>(
    'SELECT no, id, source, first_seq, last_seq, created_at FROM request WHERE no=?',
    no,
  );
  if (!request || request.id !== requestId) return null;
  const within = `o.seq BETWEEN ? AND ? AND o.request_no=?`;
  const range = [request.first_seq ?? 0, request.last_seq ?? -1, no] as const;
  const rows = yield* query<OperationRow>(
    `SELECT ${COLUMNS} FROM op o WHERE ${within} ORDER BY o.seq LIMIT ${SHOWN}`,
    ...range,
  );
  const states = yield* query<{ state: number; n: number }>(
    `SELECT o.state, COUNT(*) AS n FROM op o WHERE ${within} GROUP BY o.state`,
    ...range,
  );
  const counts: RequestView['counts'] = {};
  for (const { state, n } of states) {
    const outer = outerState(state as Inner);
    counts[outer] = (counts[outer] ?? 0) + n;
  }
  const open = (counts.queued ?? 0) + (counts.sending ?? 0) + (counts.retrying ?? 0) + (counts.review ?? 0);
  return {
    requestId,
    source: request.source,
    state: open > 0 ? 'open' : 'done',
    counts,
    operations: rows.map(toOperation),
    createdAt: new Date(request.created_at).toISOString(),
  };
}

export function* listOperations(
  filter: OperationFilter,
  page: { limit: number; after?: string | undefined },
): Script<Page<StoredOperation>> {
  const { where, params } = compile(filter);
  if (page.after !== undefined) {
    where.push('o.seq<?');
    const after = Number(page.after);
    params.push(Number.isSafeInteger(after) ? after : 0);
  }
  const rows = yield* query<OperationRow>(
    `SELECT ${COLUMNS} FROM op o ${whereClause(where)} ORDER BY o.seq DESC LIMIT ?`,
    ...params,
    page.limit + 1,
  );
  const items = rows.slice(0, page.limit).map(toOperation);
  return { items, next: rows.length > page.limit ? String(rows[page.limit - 1]?.seq) : null };
}

/** Rows of one stretch: a look through them takes some 5 ms. */
const STRETCH = 2_000;

/** The newest operations that fit, of the next stretch of all below a number; `end` is where the stretch ends, null when there is nothing below. */
export function* readStretch(
  filter: OperationFilter,
  before: number,
  limit: number,
): Script<{ rows: { seq: number; operation: StoredOperation }[]; end: number | null }> {
  const top = (yield* queryOne<{ seq: number | null }>('SELECT MAX(seq) AS seq FROM op WHERE seq<?', before))?.seq;
  if (top == null) return { rows: [], end: null };
  const { where, params } = compile(filter);
  const end = top - STRETCH + 1;
  const condition = [...where, 'o.seq>=?', 'o.seq<=?'].join(' AND ');
  return { rows: yield* readRows(`${condition} ORDER BY o.seq DESC LIMIT ?`, ...params, end, top, limit), end };
}

export function* findSeqs(
  filter: OperationFilter,
  { limit, oldestFirst }: { limit: number; oldestFirst: boolean },
): Script<{ seq: number; id: string; state: number }[]> {
  const { where, params } = compile(filter);
  return yield* query(
    `SELECT o.seq, o.id, o.state FROM op o ${whereClause(where)} ORDER BY o.seq ${oldestFirst ? 'ASC' : 'DESC'} LIMIT ?`,
    ...params,
    limit,
  );
}

const FAILED: readonly Inner[] = [S.held, S.refused, S.dead];

const whereClause = (where: readonly string[]): string => (where.length > 0 ? `WHERE ${where.join(' AND ')}` : '');

function compile(filter: OperationFilter): { where: string[]; params: Cell[] } {
  const where: string[] = [];
  const params: Cell[] = [];
  const equal = (column: string, value: Cell | undefined): void => {
    if (value === undefined) return;
    where.push(`${column}=?`);
    params.push(value);
  };
  if (filter.requestId !== undefined) equal('o.request_no', numberOf(filter.requestId) ?? -1);
  if (filter.state) {
    const states = filter.state.flatMap(innerStates);
    where.push(`o.state IN (${states.join(',') || '-1'})`);
    // An index of some states is used where its own words are said: see `op_failed`.
    if (states.every((state) => FAILED.includes(state))) where.push(`o.state IN ${inList(FAILED)}`);
  }
  equal('o.crm_id', filter.crmId);
  if (filter.pool !== undefined && filter.externalId !== undefined && filter.recordType !== undefined) {
    equal('o.rkey', `${filter.pool}|${groupOf(filter.recordType)}|${filter.externalId.toUpperCase()}`);
  } else {
    equal('o.external_id', filter.externalId?.toUpperCase());
  }
  equal('o.pool', filter.pool);
  equal('o.source', filter.source);
  equal('o.object', filter.object);
  equal('o.type', filter.recordType);
  equal('o.lane', filter.lane === undefined ? undefined : laneCode(filter.lane));
  equal('o.trace', filter.traceId);
  if (filter.internalId !== undefined) {
    where.push('(o.internal_id=? OR o.rkey IN (SELECT r.rkey FROM rec r WHERE r.internal_id=?))');
    params.push(filter.internalId, filter.internalId);
  }
  likeMember(where, params, 'code', filter.errorCode);
  likeMember(where, params, 'class', filter.errorClass);
  const bound = (condition: string, value: number | undefined): void => {
    if (value === undefined) return;
    where.push(condition);
    params.push(value);
  };
  bound('o.created_at>=?', filter.from);
  bound('o.created_at<?', filter.to);
  return { where, params };
}

/** A member of the stored error, which is canonical JSON of ours. */
function likeMember(where: string[], params: Cell[], member: keyof Failure, value: string | undefined): void {
  if (value === undefined) return;
  where.push(`o.error LIKE ? ESCAPE '!'`);
  params.push(`%"${member}":"${value.replace(/[!%_]/g, '!$&')}"%`);
}
