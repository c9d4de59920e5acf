import type { Answer, Call } from '../loopback-server';
import type { CrmRecord, RecordTable } from '../record-table';
import { alive, type RowResult } from './write-row';

export interface CollectionOrg {
  table: RecordTable;
  write: (object: string, by: string | null, row: CrmRecord) => RowResult;
  remove: (object: string, id: string) => void;
}

interface CollectionBody {
  records: (CrmRecord & { attributes?: { type?: string } })[];
  allOrNone?: boolean;
}

const COLLECTION = 200;

const refuse = (statusCode: string, message: string, fields: string[] = []): RowResult => ({
  success: false,
  errors: [{ statusCode, message, fields }],
});

/** sObject Collections: up to 200 rows, an outcome for each; all or nothing when asked for. */
export function answerCollection(
  org: CollectionOrg,
  { method, body, query }: Call,
  object: string | undefined,
  externalId: string | undefined,
): Answer {
  if (method === 'DELETE') {
    return { status: 200, body: (query.get('ids') ?? '').split(',').map((id) => removeRow(org, id)) };
  }
  const { records, allOrNone } = body as CollectionBody;
  if (records.length > COLLECTION) {
    const message = 'record limit reached. cannot submit more than 200 records into this call';
    return { status: 400, body: [{ errorCode: 'EXCEEDED_ID_LIMIT', message }] };
  }
  const by = externalId ?? (method === 'POST' ? null : 'Id');
  const keyOf = (row: CrmRecord): unknown => (by === null ? undefined : (row[by] ?? row['id']));
  const twice = repeated(records.map(keyOf));
  const before = allOrNone === true ? JSON.stringify(org.table) : null;
  const results = records.map((row): RowResult => {
    const type = row.attributes?.type ?? '';
    if (object !== undefined && type !== object) return refuse('INVALID_TYPE', `wrong type ${type}`);
    const key = keyOf(row);
    return twice.has(key)
      ? refuse('DUPLICATE_VALUE', `Duplicate external id specified: ${String(key)}`, [by ?? ''])
      : org.write(type, by, row);
  });
  if (before === null || results.every(({ success }) => success)) return { status: 200, body: results };
  org.table.restore(JSON.parse(before) as Parameters<RecordTable['restore']>[0]);
  const rolledBack = refuse('ALL_OR_NONE_OPERATION_ROLLED_BACK', 'Record rolled back');
  return { status: 200, body: results.map((one) => (one.success ? rolledBack : one)) };
}

function removeRow(org: CollectionOrg, id: string): RowResult {
  const object = org.table.objects.find((name) => org.table.get(name, id));
  if (object === undefined || !alive(org.table.get(object, id)!))
    return refuse('ENTITY_IS_DELETED', 'entity is deleted');
  org.remove(object, id);
  return { id, success: true, errors: [] };
}

function repeated(keys: readonly unknown[]): Set<unknown> {
  const seen = new Set<unknown>();
  return new Set(keys.filter((key) => key !== undefined && (seen.has(key) || !seen.add(key))));
}
