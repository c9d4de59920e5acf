import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openRecordScript, type RecordScript } from '../../helpers/emulator/record-script';

const TYPES = readFileSync(path.resolve(__dirname, '../../../node_modules/@hitc/netsuite-types/N/record.d.ts'), 'utf8');

/** Names declared in an interface or the module of the public type declarations. */
function declared(name: string): string[] {
  const body = new RegExp(`export interface ${name} [^{]*\\{([\\s\\S]*?)\\n\\}`).exec(TYPES)![1]!;
  return [...body.matchAll(/^ {4}(?:readonly )?([a-zA-Z]+)[(:]/gm)].map((match) => match[1]!);
}

let script: RecordScript;
beforeAll(async () => {
  script = await openRecordScript();
});
afterAll(() => script.close());

describe('the surface of N/record (@hitc/netsuite-types)', () => {
  it('has every method of the module', () => {
    const names = [...TYPES.matchAll(/^export const ([a-z][a-zA-Z]+): Record[A-Z]|^export const (submitFields)/gm)].map(
      (match) => match[1] ?? match[2]!,
    );
    expect([...names, 'delete'].length).toBeGreaterThan(7);
    for (const name of [...names, 'delete'])
      expect([name, typeof (script.record as unknown as Record<string, unknown>)[name]]).toEqual([name, 'function']);
  });

  it('has every member of a record in both modes', () => {
    for (const isDynamic of [false, true]) {
      const record = script.record.create({ type: 'salesorder', isDynamic }) as unknown as Record<string, unknown>;
      const missing = [...declared('ClientCurrentRecord'), ...declared('Record')].filter((name) => !(name in record));
      // `copy` of a record object stands in the declarations only: the platform has it on the module.
      expect(missing.filter((name) => name !== 'copy')).toEqual([]);
    }
  });

  it('has every member of Field, Sublist and Column', () => {
    const order = script.record.create({ type: 'salesorder' });
    const field = order.getField('entity')!;
    expect(declared('Field').filter((name) => !(name in field))).toEqual([]);
    const sublist = order.getSublist('item')!;
    expect(declared('Sublist').filter((name) => !(name in sublist))).toEqual([]);
    const column = sublist.getColumn({ fieldId: 'item' })!;
    expect(declared('Column').filter((name) => !(name in column))).toEqual([]);
  });
});
