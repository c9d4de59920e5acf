import type { FoundRecords } from './found-records';
import type { KeysOfBatch } from './prefetch-records';
import { asText, isOneOf, type Branch } from './sql-branches';
import { ledgerKey } from './stamps';

/** Ledger rows (stamps of deleted records and of types without stamp fields) and failure rows of the batch's records. */
export function prefetchBookkeeping(
  group: string,
  keys: KeysOfBatch,
  opIds: readonly string[],
  found: FoundRecords,
): Branch[] {
  if (keys.externalIds.length === 0) return [];
  const ledgerKeys = new Map(keys.externalIds.map((id) => [ledgerKey(group, id), id]));
  return [ledgerBranch(ledgerKeys, found), failureBranch(ledgerKeys, opIds, found)];
}

type Keys = ReadonlyMap<string, string>;

function ledgerBranch(ledgerKeys: Keys, found: FoundRecords): Branch {
  return {
    mark: 'G',
    columns: [
      { name: 'key', sql: 'g.externalid' },
      { name: 'id', sql: asText('g.id') },
      { name: 'op', sql: 'g.custrecord_srl_lg_op' },
      { name: 'version', sql: 'g.custrecord_srl_lg_version' },
      { name: 'hash', sql: 'g.custrecord_srl_lg_hash' },
      { name: 'record', sql: 'g.custrecord_srl_lg_record' },
      { name: 'deleted', sql: asText('g.custrecord_srl_lg_deleted') },
    ],
    from: 'customrecord_srl_ledger g',
    where: isOneOf('g.externalid', ledgerKeys.size),
    params: [...ledgerKeys.keys()],
    search: {
      type: 'customrecord_srl_ledger',
      any: [{ field: 'externalid', operator: 'anyof', values: [...ledgerKeys.keys()] }],
      all: [],
      columns: {
        key: 'externalid',
        id: 'internalid',
        op: 'custrecord_srl_lg_op',
        version: 'custrecord_srl_lg_version',
        hash: 'custrecord_srl_lg_hash',
        record: 'custrecord_srl_lg_record',
        deleted: 'custrecord_srl_lg_deleted',
      },
    },
    essential: ['key', 'id', 'op', 'version', 'deleted'],
    read: (row) => {
      const externalId = ledgerKeys.get((row.get('key') ?? '').toUpperCase());
      if (externalId === undefined) return;
      found.ledger.set(externalId, {
        rowId: row.get('id') ?? '',
        op: row.get('op') ?? '',
        version: row.get('version') ?? '',
        hash: row.get('hash') ?? '',
        internalId: row.get('record') ?? '',
        deleted: row.get('deleted') === 'T',
      });
    },
    dropped: () => undefined,
    unavailable: () => found.unreadParts.add('ledger'),
  };
}

/** Open rows, and those of the batch's own operations that somebody closed: one that is sent again and fails again has a row already. */
function failureBranch(ledgerKeys: Keys, opIds: readonly string[], found: FoundRecords): Branch {
  const own = new Set(opIds);
  return {
    mark: 'F',
    columns: [
      { name: 'key', sql: 'w.custrecord_srl_fl_key' },
      { name: 'id', sql: asText('w.id') },
      { name: 'attempts', sql: asText('w.custrecord_srl_fl_attempts') },
      { name: 'op', sql: 'w.custrecord_srl_fl_op' },
      { name: 'state', sql: 'w.custrecord_srl_fl_state' },
    ],
    from: 'customrecord_srl_failure w',
    where: `${isOneOf('w.custrecord_srl_fl_key', ledgerKeys.size)} AND (w.custrecord_srl_fl_state = 'open' OR ${isOneOf('w.custrecord_srl_fl_op', opIds.length)})`,
    params: [...ledgerKeys.keys(), ...opIds],
    search: {
      type: 'customrecord_srl_failure',
      any: [{ field: 'custrecord_srl_fl_key', operator: 'is', values: [...ledgerKeys.keys()] }],
      all: [],
      columns: {
        key: 'custrecord_srl_fl_key',
        id: 'internalid',
        attempts: 'custrecord_srl_fl_attempts',
        op: 'custrecord_srl_fl_op',
        state: 'custrecord_srl_fl_state',
      },
    },
    essential: ['key', 'id', 'op', 'state'],
    read: (row) => {
      const externalId = ledgerKeys.get((row.get('key') ?? '').toUpperCase());
      const open = row.get('state') === 'open';
      if (externalId === undefined || (!open && (!own.has(row.get('op') ?? '') || found.failureRows.has(externalId))))
        return;
      const attempts = Number(row.get('attempts') ?? 0);
      found.failureRows.set(externalId, { rowId: row.get('id') ?? '', attempts, open });
    },
    dropped: () => undefined,
    unavailable: () => found.unreadParts.add('failures'),
  };
}
