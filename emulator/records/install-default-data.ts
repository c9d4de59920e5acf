import type { Account, Json, RecordData } from '../kernel/types';
import defaultAccount from '../data/default-account.json';
import { readGivenFields, readGivenSublists, readGivenSubrecords } from './given-values';

interface Row {
  type: string;
  id: string;
  /** The row exists only with this feature on. */
  feature?: string;
  fields: Record<string, Json>;
  sublists?: Record<string, Json>;
  subrecords?: Record<string, Json>;
}

function toRecord(account: Account, row: Row): RecordData | undefined {
  const meta = account.registry.type(row.type);
  if (!meta) throw new Error(`default data: no record type ${row.type}`);
  return {
    type: row.type,
    id: row.id,
    externalId: null,
    version: 0,
    fields: readGivenFields(account, meta.fields, row.fields),
    sublists: readGivenSublists(account, meta, row.sublists ?? {}),
    subrecords: readGivenSubrecords(account, meta, row.subrecords ?? {}),
  };
}

/** What every account starts with: lists, subsidiaries, currencies, people and forms. An account with data keeps its own. */
export function installDefaultData(account: Account): void {
  if (account.store.get('employee', '-5')) return;
  account.store.transaction(() => {
    for (const row of defaultAccount as unknown as Row[]) {
      if (row.feature !== undefined && !account.feature(row.feature)) continue;
      const record = toRecord(account, row);
      if (record) account.store.put(record);
    }
  });
}
