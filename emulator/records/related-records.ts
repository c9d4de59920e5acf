import {
  FaultError,
  type Account,
  type Execution,
  type LineData,
  type RecordData,
  type SyscallTable,
} from '../kernel/types';
import { BY_TYPE } from '../suiteql/catalog/transaction-types';
import { requireType } from './find-record';
import { statusText } from './order-status';

/**
 * The Related Records of a stored transaction (sublist `links`): what was made from it, what settles it, and the deposits taken for it. Kept by
 * no row and asked for by name only, so no load pays for it.
 */
const TYPES = [...BY_TYPE.keys()].map((type) => `'${type}'`).join(', ');
const RELATED = `
  SELECT type, id FROM record WHERE type IN (${TYPES}) AND json_extract(data, '$.fields.createdfrom') = @id
  UNION SELECT type, id FROM line WHERE type IN (${TYPES}) AND sublist = 'apply' AND json_extract(data, '$.fields.doc') = @id
    AND json_extract(data, '$.fields.apply') IN (1, 'T')
  UNION SELECT type, id FROM record WHERE type = 'customerdeposit' AND json_extract(data, '$.fields.salesorder') = @id
  ORDER BY 2`;

interface Row {
  type: string;
  id: number;
}

/** How a purchase for a sale reads on the sale. */
function labelOf(account: Account, record: RecordData, source: RecordData): string {
  if (record.type === 'purchaseorder' && source.type === 'salesorder') {
    const ordered = (source.sublists.item ?? []).find(({ fields }) => fields.createdpo === record.id);
    if (ordered?.fields.createpo === 'DropShip') return 'Drop Shipment';
    if (ordered?.fields.createpo === 'SpecOrd') return 'Special Order';
  }
  return BY_TYPE.get(record.type)?.label ?? requireType(account, record.type).label;
}

function lineOf(account: Account, record: RecordData, source: RecordData): LineData {
  const { tranid = null, total = null } = record.fields;
  return {
    fields: {
      id: record.id,
      type: labelOf(account, record, source),
      tranid,
      status: statusText(account, record)?.text ?? null,
      total,
    },
  };
}

function isSeen(account: Account, execution: Execution, record: RecordData): boolean {
  try {
    account.permissions.requireRecord(execution, record.type, 'view');
    account.permissions.requireRow(execution, record, 'view');
    return true;
  } catch (error) {
    if (error instanceof FaultError) return false;
    throw error;
  }
}

function relatedRecords(
  account: Account,
  execution: Execution,
  { type, id }: { type: string; id: string },
): LineData[] | null {
  const meta = requireType(account, type);
  const source = meta.group === 'transaction' ? account.store.get(meta.id, id) : undefined;
  if (!source) return null;
  account.store.ensureIndex('transaction', 'createdfrom');
  account.store.ensureIndex('transaction', 'doc', 'apply');
  const rows = account.store.db.prepare<{ id: string }, Row>(RELATED).all({ id });
  return rows
    .map((row) => account.store.get(row.type, String(row.id)))
    .filter((each): each is RecordData => each !== undefined && isSeen(account, execution, each))
    .map((each) => lineOf(account, each, source));
}

export const relatedSyscalls: SyscallTable = { 'record.related': relatedRecords };
