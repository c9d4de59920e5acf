import type { Expectation, ExpectedValue, FixtureRecord } from '../test/fixtures';
import type { Control, ControlRecord } from './control';

export interface Difference {
  externalId: string;
  field: string;
  expected: unknown;
  found: unknown;
}

const ITEM_TYPES = ['inventoryitem', 'noninventoryitem', 'serviceitem'];

/** All records the sample speaks of, as they stand in NetSuite, and what references mean. */
export class AccountView {
  readonly byExternalId = new Map<string, ControlRecord>();
  readonly #ids = new Map<string, string>();

  static async read(control: Control): Promise<AccountView> {
    const view = new AccountView();
    for (const type of ['customer', 'contact', 'salesorder']) {
      for (const record of await control.all(type)) {
        if (record.externalId) view.byExternalId.set(`${type}|${record.externalId.toUpperCase()}`, record);
      }
    }
    for (const [type, field] of [
      ['currency', 'symbol'],
      ['term', 'name'],
      ['employee', 'email'],
    ] as const) {
      for (const { id, fields } of await control.all(type))
        view.#ids.set(`${type}|${field}|${String(fields[field])}`, id);
    }
    for (const type of ITEM_TYPES) {
      for (const { id, fields } of await control.all(type))
        view.#ids.set(`item|itemid|${String(fields['itemid'])}`, id);
    }
    return view;
  }

  idOf(expected: ExpectedValue): unknown {
    if (typeof expected !== 'object' || expected === null) return expected;
    const { ref } = expected;
    if ('externalId' in ref)
      return this.byExternalId.get(`${ref.type}|${ref.externalId}`)?.id ?? `no ${ref.externalId}`;
    return this.#ids.get(`${ref.type}|${ref.field}|${ref.value}`) ?? `no ${ref.value}`;
  }

  itemId(sku: string): string {
    return this.#ids.get(`item|itemid|${sku}`) ?? `no ${sku}`;
  }
}

/** Empty is empty, a date is its day, a number its value, however it is written. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value)) return value.slice(0, 10);
  return value;
}

const same = (expected: unknown, found: unknown): boolean => {
  const [a, b] = [plain(expected), plain(found)];
  if (typeof a === 'number' || typeof b === 'number')
    return a !== null && b !== null && Math.abs(Number(a) - Number(b)) < 1e-9;
  return (
    a === b || (typeof a === 'string' && typeof b === 'string' && a.replace(/\r\n/g, '\n') === b.replace(/\r\n/g, '\n'))
  );
};

/** Compares one record with what its fixture says, field by field, address by address, line by line. */
export function checkRecord(view: AccountView, { expect }: FixtureRecord): Difference[] {
  const { recordType, externalId } = expect;
  const record = view.byExternalId.get(`${recordType}|${externalId}`);
  if (!record) return [{ externalId, field: '(record)', expected: recordType, found: 'nothing' }];
  const differences: Difference[] = [];
  const compare = (field: string, expected: unknown, found: unknown): void => {
    if (!same(expected, found)) differences.push({ externalId, field, expected, found });
  };
  for (const [field, expected] of Object.entries(expect.fields))
    compare(field, view.idOf(expected), record.fields[field]);
  checkAddresses(record, expect, compare);
  checkLines(view, record, expect, compare);
  return differences;
}

type Compare = (field: string, expected: unknown, found: unknown) => void;

function checkAddresses(record: ControlRecord, expect: Expectation, compare: Compare): void {
  if (!expect.addresses) return;
  const book = record.sublists['addressbook'] ?? [];
  compare('addressbook.length', expect.addresses.length, book.length);
  for (const wanted of expect.addresses) {
    const line = book.find(({ label }) => label === wanted.label) ?? {};
    compare(`addressbook[${wanted.label}].defaultbilling`, wanted.defaultbilling, line['defaultbilling'] ?? false);
    compare(`addressbook[${wanted.label}].defaultshipping`, wanted.defaultshipping, line['defaultshipping'] ?? false);
    const address = (line['addressbookaddress'] ?? {}) as Record<string, unknown>;
    for (const [field, value] of Object.entries(wanted.address))
      compare(`addressbook[${wanted.label}].${field}`, value, address[field]);
  }
}

function checkLines(view: AccountView, record: ControlRecord, expect: Expectation, compare: Compare): void {
  if (!expect.lines) return;
  const lines = record.sublists['item'] ?? [];
  compare('item.length', expect.lines.length, lines.length);
  expect.lines.forEach((wanted, at) => {
    const line = lines[at] ?? {};
    compare(`item[${at}].custcol_srl_line_key`, wanted.key, line['custcol_srl_line_key']);
    compare(`item[${at}].item`, view.itemId(wanted.sku), line['item']);
    compare(`item[${at}].quantity`, wanted.quantity, line['quantity']);
    compare(`item[${at}].rate`, wanted.rate, line['rate']);
    if (wanted.description !== undefined) compare(`item[${at}].description`, wanted.description, line['description']);
  });
}
