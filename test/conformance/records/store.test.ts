import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RecordData } from '../../../emulator/kernel/types';
import { DuplicateExternalIdError } from '../../../emulator/store/errors';
import { FolderInUse } from '../../../emulator/store/lock-folder';
import { openStore } from '../../../emulator/store/open-store';
import { startProcessorTime } from '../../helpers/processor-time';

const groups: Record<string, string> = {
  customer: 'entity',
  contact: 'entity',
  invoice: 'transaction',
  salesorder: 'transaction',
};
const open = (directory: string | null = null) => openStore(directory, (type) => groups[type] ?? type);
const record = (type: string, fields: RecordData['fields'], extra: Partial<RecordData> = {}): RecordData => ({
  type,
  id: null,
  externalId: null,
  version: 0,
  fields,
  sublists: {},
  subrecords: {},
  ...extra,
});

describe('the account store', () => {
  it('gives back fields, lines in order and subrecords as they were put', () => {
    const store = open();
    const put = store.put(
      record(
        'customer',
        { companyname: 'Acme', creditlimit: 10.5, isinactive: false, comments: '' },
        {
          sublists: {
            addressbook: [
              { fields: { label: 'a' }, subrecords: { addressbookaddress: { fields: { zip: '1' } } } },
              { fields: { label: 'b' } },
            ],
          },
          subrecords: { x: { fields: { a: '1' } } },
        },
      ),
    );
    const read = store.get('customer', put.id!)!;
    expect(read.fields).toEqual({ companyname: 'Acme', creditlimit: 10.5, isinactive: false });
    expect(read.sublists.addressbook!.map((line) => line.fields.label)).toEqual(['a', 'b']);
    expect(read.sublists.addressbook![0]!.subrecords).toEqual({ addressbookaddress: { fields: { zip: '1' } } });
    expect(read.subrecords).toEqual({ x: { fields: { a: '1' } } });
    expect(read.version).toBe(1);
  });

  it('shares internal ids within a group and not beyond (section_N3436356)', () => {
    const store = open();
    const customer = store.put(record('customer', {}));
    const contact = store.put(record('contact', {}));
    const order = store.put(record('salesorder', {}));
    expect(Number(contact.id)).toBe(Number(customer.id) + 1);
    expect(order.id).toBe('1');
    expect(store.getInGroup('entity', contact.id!)!.type).toBe('contact');
  });

  it('keeps external ids unique per group whatever their case (section_N3436356)', () => {
    const store = open();
    store.put(record('customer', {}, { externalId: 'SF_1' }));
    expect(() => store.put(record('contact', {}, { externalId: 'sf_1' }))).toThrow(DuplicateExternalIdError);
    expect(store.findByExternalId('entity', 'Sf_1')).toEqual({ type: 'customer', id: '1' });
    expect(() => store.put(record('salesorder', {}, { externalId: 'SF_1' }))).not.toThrow();
  });

  it('raises the version with every write and with nothing else', () => {
    const store = open();
    const first = store.put(record('customer', { companyname: 'A' }));
    store.put({ ...first, version: 0 });
    expect(store.get('customer', first.id!)!.version).toBe(2);
    expect(store.get('customer', first.id!)!.version).toBe(2);
  });

  it('pushes the id counter on when a row with an explicit id arrives', () => {
    const store = open();
    store.put(record('customer', {}, { id: '500' }));
    expect(store.put(record('contact', {})).id).toBe('501');
  });

  it('undoes a nested failure without undoing the outer transaction', () => {
    const store = open();
    store.transaction(() => {
      store.put(record('customer', { companyname: 'kept' }));
      expect(() =>
        store.transaction(() => {
          store.put(record('customer', { companyname: 'undone' }));
          throw new Error('no');
        }),
      ).toThrow('no');
    });
    expect(store.list('customer').map((row) => row.fields.companyname)).toEqual(['kept']);
  });

  it('tells that records of a type may have become others: written, rolled back or restored, and no other type', () => {
    const store = open();
    const before = store.changes('customer');
    const failing = (): void => {
      store.put(record('customer', {}));
      // What is read of the customers here goes with the transaction.
      seen.push(store.changes('customer'));
      throw new Error('refused');
    };
    const seen = [before];
    expect(() => store.transaction(failing)).toThrow('refused');
    seen.push(store.changes('customer'));
    store.noteRestored();
    seen.push(store.changes('customer'));
    expect(new Set(seen).size).toBe(4);
    expect(store.changes('contact')).toBe(1);
    store.close();
  });

  it('is open once: another process would read its records without the lines it does not know of', () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'store-'));
    try {
      const store = open(directory);
      expect(() => open(directory)).toThrow(FolderInUse);
      store.close();
      open(directory).close();
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('survives a restart when it has a directory', () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'store-'));
    try {
      const store = open(directory);
      store.put(record('invoice', { total: 5 }, { sublists: { item: [{ fields: { line: 1 } }] } }));
      store.close();
      const again = open(directory);
      expect(again.list('invoice')[0]!.sublists.item).toEqual([{ fields: { line: 1 } }]);
      expect(again.nextId('transaction')).toBe('2');
      again.close();
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('seeds 1,000 rows in well under a second and uses the index made for a field', () => {
    const store = open();
    const usedMs = startProcessorTime();
    store.transaction(() => {
      for (let i = 0; i < 1000; i++)
        store.put(record('customer', { companyname: `C${i}`, email: `c${i}@example.com` }, { externalId: `E${i}` }));
    });
    expect(usedMs()).toBeLessThan(1000);
    store.ensureIndex('customer', 'email');
    const plan = store.db
      .prepare(`EXPLAIN QUERY PLAN SELECT id FROM record WHERE type = ? AND json_extract(data, '$.fields.email') = ?`)
      .all('customer', 'x');
    expect(JSON.stringify(plan)).toContain('record_field_email');
  });

  it('opens again without the functions that its indexes of computed texts were made with, and makes them anew', () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'store-'));
    const expression = "test_fold(json_extract(data, '$.fields.email'))";
    const withFunction = () => {
      const store = open(directory);
      store.db.function('test_fold', { deterministic: true }, (text: unknown) => String(text).toLowerCase());
      return store;
    };
    const found = (store: ReturnType<typeof open>): unknown =>
      store.db
        .prepare(`SELECT group_concat(id) FROM record WHERE type = 'customer' AND ${expression} = 'a@b.example'`)
        .pluck()
        .get();
    try {
      const first = withFunction();
      first.ensureComputedIndex(expression);
      first.put(record('customer', { email: 'A@B.example' }));
      expect(found(first)).toBe('1');
      first.close();
      const bare = open(directory);
      bare.put(record('customer', { email: 'a@B.example' }));
      bare.close();
      const last = withFunction();
      last.ensureComputedIndex(expression);
      expect(found(last)).toBe('1,2');
      last.close();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
