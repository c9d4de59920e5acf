import { BEHIND, HEAD } from './live';
import { query, type Script } from './script';
import { S } from './states';

/** Rows of one look: with large orders a few MB. */
const STEP = 100;

/** What has not been sent, or is to be sent again; what is in a person's hands is theirs. */
const WAITING: readonly number[] = [S.blocked, S.ready, S.waiting, S.parked, S.delayed];

interface Row {
  seq: number;
  id: string;
  pool: string;
  rkey: string;
  state: number;
  body: string;
}

/** Where a walk through the queues has come to: first what stands behind heads, then the heads, which is the way an operation goes itself. */
interface Place {
  heads: boolean;
  rkey: string;
  seq: number;
}

export interface Named {
  found: { operationId: string; pool: string }[];
  next: string | null;
}

/**
 * Operations under way that may name records of a CRM by their ids: one step of a walk over what is live, by its indexes. What was ever
 * accepted is not gone through, and a step is as short whatever waits. Whoever asks looks closer at what is found.
 */
export function* findNaming(crmIds: readonly string[], after?: string): Script<Named> {
  const place = after === undefined ? { heads: false, rkey: '', seq: 0 } : (JSON.parse(after) as Place);
  const rows = yield* place.heads ? query<Row>(HEAD_STEP, place.rkey) : query<Row>(BEHIND_STEP, place.rkey, place.seq);
  const wanted = new Set(crmIds.map((id) => id.toUpperCase()));
  const last = rows.at(-1);
  return {
    found: rows
      .filter(({ state, body }) => WAITING.includes(state) && names(body, wanted))
      .map(({ id, pool }) => ({ operationId: id, pool })),
    next: last && rows.length === STEP ? toNext({ ...place, ...last }) : place.heads ? null : FIRST_HEAD,
  };
}

const COLUMNS = 'seq, id, pool, rkey, state, body';
const HEAD_STEP = `SELECT ${COLUMNS} FROM op WHERE rkey>? AND ${HEAD} ORDER BY rkey LIMIT ${STEP}`;
const BEHIND_STEP = `SELECT ${COLUMNS} FROM op WHERE (rkey,@turn)>(?,?) AND ${BEHIND}
  ORDER BY rkey, @turn LIMIT ${STEP}`;

const toNext = ({ heads, rkey, seq }: Place): string => JSON.stringify({ heads, rkey, seq });
const FIRST_HEAD = toNext({ heads: true, rkey: '', seq: 0 });

/** The id is a part of the external id by which a record of its CRM is named, between its kind and the suffix of a sandbox. */
function names(body: string, wanted: ReadonlySet<string>): boolean {
  for (const [, externalId = ''] of body.matchAll(/"externalId":"([^"]*)"/g))
    if (externalId.split('_').some((part) => wanted.has(part.toUpperCase()))) return true;
  return false;
}
