import type { CrmWrite, CrmWriteOutcome } from '../../delivery/crm-adapter';
import type { WriteGroup } from '../group-by-target';
import { splitRefused } from '../split-refused';
import { soqlText } from './build-query';
import { chunkValues } from './chunk-values';
import type { SalesforceClient } from './salesforce-client';
import { classifySalesforce, rowFault } from './salesforce-faults';

export const ID = 'Id';
/** Records one collections call takes. */
export const COLLECTION = 200;

interface CollectionRow {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: unknown[];
}

export type Outcomes = Map<string, CrmWriteOutcome>;

const noAnswer: CrmWriteOutcome = {
  ok: false,
  fault: { class: 'transient', code: 'NO_OUTCOME', message: 'Salesforce answered fewer rows than were sent.' },
};

/** Writes a group in calls of 200 records; a record that can't be written leaves the others alone. */
export async function writeCollections(
  client: SalesforceClient,
  object: string,
  { by, items }: WriteGroup,
  signal: AbortSignal,
): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const write = async (part: readonly CrmWrite[]): Promise<CrmWriteOutcome[]> => {
    const records = part.map((item) => toRow(object, by, item));
    const path = client.data(`/composite/sobjects${by === ID ? '' : `/${object}/${by}`}`);
    const { body } = await client.call('PATCH', path, { body: { allOrNone: false, records } }, signal);
    const rows = body as CollectionRow[];
    return part.map((_item, at) => outcomeOf(rows[at]));
  };
  const sorted = byParent(items);
  for (let from = 0; from < sorted.length; from += COLLECTION) {
    const part = sorted.slice(from, from + COLLECTION);
    const rows = await splitRefused<CrmWrite, CrmWriteOutcome>(part, write, (_item, error) => ({
      ok: false,
      fault: classifySalesforce(error),
    }));
    part.forEach((item, at) => outcomes.set(item.operationId, rows[at] ?? noAnswer));
  }
  return outcomes;
}

const toRow = (object: string, by: string, item: CrmWrite): object => ({
  attributes: { type: object },
  ...(by === ID ? { id: item.crmId } : { [by]: item.match?.value }),
  ...item.fields,
});

function outcomeOf(row: CollectionRow | undefined): CrmWriteOutcome {
  if (!row) return noAnswer;
  return row.success
    ? { ok: true, crmId: row.id ?? null, status: row.created === true ? 'created' : 'updated' }
    : { ok: false, fault: rowFault(row.errors) };
}

/** Rows of one parent go in one call: two calls at once would wait for the parent's lock and fail with UNABLE_TO_LOCK_ROW. */
function byParent(items: readonly CrmWrite[]): CrmWrite[] {
  const parentOf = ({ fields }: CrmWrite): string => JSON.stringify(fields['AccountId'] ?? fields['Account__r'] ?? '');
  return [...items].sort((a, b) => (parentOf(a) < parentOf(b) ? -1 : parentOf(a) > parentOf(b) ? 1 : 0));
}

/** Finds the ids of records that may only be changed, never created. What is not found, or twice, gets its outcome here. */
export async function findTargets(
  client: SalesforceClient,
  object: string,
  { by, items }: WriteGroup,
  signal: AbortSignal,
): Promise<{ found: CrmWrite[]; outcomes: Outcomes }> {
  const ids = new Map<string, string[]>();
  for (const part of chunkValues(items, ({ match }) => match?.value ?? '', COLLECTION)) {
    const values = part.map(({ match }) => soqlText(match?.value ?? ''));
    const soql = `SELECT Id, ${by} FROM ${object} WHERE ${by} IN (${values.join(', ')})`;
    for await (const page of client.query(soql, signal)) {
      for (const record of page) {
        const value = String(record[by]).toLowerCase();
        ids.set(value, [...(ids.get(value) ?? []), String(record[ID])]);
      }
    }
  }
  const found: CrmWrite[] = [];
  const outcomes: Outcomes = new Map();
  for (const item of items) {
    const hits = ids.get(item.match?.value.toLowerCase() ?? '') ?? [];
    if (hits.length === 1) found.push({ ...item, crmId: hits[0]! });
    else outcomes.set(item.operationId, hits.length === 0 ? notThere(object, by, item) : ambiguous(object, hits));
  }
  return { found, outcomes };
}

const notThere = (object: string, by: string, { match }: CrmWrite): CrmWriteOutcome => ({
  ok: false,
  fault: {
    class: 'dependency',
    code: 'NOT_FOUND',
    message: `No ${object} has ${by} = ${match?.value ?? ''}, and this flow creates none.`,
    field: by,
  },
});

const ambiguous = (object: string, ids: readonly string[]): CrmWriteOutcome => ({
  ok: false,
  fault: {
    class: 'conflict',
    code: 'MULTIPLE_MATCHES',
    message: `The external id names more than one ${object}: ${ids.join(', ')}.`,
  },
});
