import type { Answer } from '../loopback-server';
import type { RecordTable } from '../record-table';
import { problem } from './access';
import { show, type Stored } from './object-rows';

interface Filter {
  propertyName: string;
  operator: string;
  value?: string;
  values?: string[];
}

interface SearchBody {
  filterGroups?: { filters: Filter[] }[];
  sorts?: (string | { propertyName: string; direction?: string })[];
  properties?: string[];
  limit?: number;
  after?: string | number;
}

/** Most results of one search, over all its pages. */
const MOST = 10_000;
const PAGE = 200;

const number = (text: string): number => (/^\d{4}-/.test(text) ? Date.parse(text) : Number(text));

function holds(value: string | null, { operator, value: wanted = '', values = [] }: Filter): boolean {
  if (operator === 'HAS_PROPERTY') return value !== null && value !== '';
  if (operator === 'NOT_HAS_PROPERTY') return value === null || value === '';
  if (value === null) return operator === 'NEQ' || operator === 'NOT_IN';
  switch (operator) {
    case 'EQ':
      return value.toLowerCase() === wanted.toLowerCase();
    case 'NEQ':
      return value.toLowerCase() !== wanted.toLowerCase();
    case 'IN':
      return values.includes(value.toLowerCase());
    case 'NOT_IN':
      return !values.includes(value.toLowerCase());
    case 'GT':
      return number(value) > number(wanted);
    case 'GTE':
      return number(value) >= number(wanted);
    case 'LT':
      return number(value) < number(wanted);
    default:
      return number(value) <= number(wanted);
  }
}

/** Characters of a search's body; longer ones are refused (CRM search guide, "Limits"). */
const LONGEST = 3_000;

/** Searches what the index knew `indexedBefore`: a record written just now is not found yet. */
export function searchObjects(
  table: RecordTable,
  object: string,
  body: SearchBody,
  indexedBefore: number,
  most = MOST,
): Answer {
  const { filterGroups = [], sorts = [], properties = [], limit = 10, after = 0 } = body;
  if (JSON.stringify(body).length > LONGEST)
    return problem(400, 'VALIDATION_ERROR', `The query is longer than ${LONGEST} characters`);
  if (limit > PAGE) return problem(400, 'VALIDATION_ERROR', `Invalid input JSON: limit must be at most ${PAGE}`);
  if (Number(after) + limit > most) return problem(400, 'VALIDATION_ERROR', 'The requested result window is too large');
  const value = (record: Stored, name: string): string | null =>
    (show(record, [name])['properties'] as Record<string, string | null>)[name] ?? null;
  const hits = table
    .all(object)
    .map(([, record]) => record as Stored)
    .filter(
      (record) =>
        record.archived !== true &&
        !(Date.parse(record.updatedAt ?? '') > indexedBefore) &&
        (filterGroups.length === 0 ||
          filterGroups.some(({ filters }) => filters.every((one) => holds(value(record, one.propertyName), one)))),
    );
  const [sort] = sorts;
  if (sort !== undefined) {
    const name = typeof sort === 'string' ? sort : sort.propertyName;
    const sign = typeof sort !== 'string' && sort.direction === 'DESCENDING' ? -1 : 1;
    hits.sort((a, b) => sign * (number(value(a, name) ?? '0') - number(value(b, name) ?? '0')));
  }
  const from = Number(after);
  const results = hits.slice(from, from + limit).map((record) => show(record, properties));
  const next = from + limit < hits.length ? { paging: { next: { after: String(from + limit) } } } : {};
  return { status: 200, body: { total: hits.length, results, ...next } };
}
