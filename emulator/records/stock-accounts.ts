import type { Account, RecordData } from '../kernel/types';
import { accountOfType } from './posting';

function accountNamed(account: Account, name: string): string | null {
  const found = account.store.db
    .prepare<[string], number>(
      `SELECT id FROM record WHERE type = 'account' AND json_extract(data, '$.fields.acctname') = ? ORDER BY id LIMIT 1`,
    )
    .pluck()
    .get(name);
  return found === undefined ? null : String(found);
}

const chosen = (item: RecordData, field: string): string | null =>
  typeof item.fields[field] === 'string' && item.fields[field] !== '' ? item.fields[field] : null;

/** Where the value of an item lies: its own asset account, or the account's Inventory Asset. */
export const assetAccount = (account: Account, item: RecordData): string | null =>
  chosen(item, 'assetaccount') ?? accountNamed(account, 'Inventory Asset') ?? accountOfType(account, 'OthCurrAsset');

export const cogsAccount = (account: Account, item: RecordData): string | null =>
  chosen(item, 'cogsaccount') ?? accountOfType(account, 'COGS');

/** Account on the other side of goods that come or go by a document, and how it stands there. */
export function counterAccount(
  account: Account,
  record: RecordData,
  item: RecordData,
): { account: string | null; on: 'main' | 'line' } | undefined {
  const source =
    typeof record.fields.createdfrom === 'string'
      ? account.store.getInGroup('transaction', record.fields.createdfrom)?.type
      : undefined;
  switch (record.type) {
    case 'itemreceipt':
      if (source === 'returnauthorization') return { account: cogsAccount(account, item), on: 'line' };
      return {
        account: accountNamed(
          account,
          source === 'transferorder' ? 'Inventory In Transit' : 'Inventory Received Not Billed',
        ),
        on: 'main',
      };
    case 'itemfulfillment':
      return source === 'transferorder'
        ? { account: accountNamed(account, 'Inventory In Transit'), on: 'line' }
        : { account: cogsAccount(account, item), on: 'line' };
    case 'inventoryadjustment':
      return {
        account: chosen(record, 'account') ?? accountNamed(account, 'Inventory Adjustment'),
        on: 'main',
      };
    case 'invoice':
    case 'cashsale':
    case 'creditmemo':
    case 'cashrefund':
      return { account: cogsAccount(account, item), on: 'line' };
    default:
      // A bill's own lines post the asset; transfers and builds move value from item to item.
      return undefined;
  }
}
