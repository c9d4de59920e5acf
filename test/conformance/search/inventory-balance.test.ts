import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  const at = (location: string, on: number, available = on): object => ({
    location,
    quantityonhand: on,
    quantityavailable: available,
  });
  await box.seed([
    {
      type: 'inventoryitem',
      id: '201',
      fields: { itemid: 'PART', displayname: 'Part', subsidiary: ['1'] },
      sublists: { locations: [at('1', 10, 7), at('2', 0)] },
    },
    {
      type: 'lotnumberedinventoryitem',
      id: '202',
      fields: { itemid: 'PAINT', subsidiary: ['1'] },
      sublists: { locations: [at('1', 8), at('2', 2)] },
    },
    {
      type: 'inventorynumber',
      id: '301',
      fields: { inventorynumber: 'LOT-A', item: '202' },
      sublists: { locations: [at('1', 5), at('2', 2)] },
    },
    {
      type: 'inventorynumber',
      id: '302',
      fields: { inventorynumber: 'LOT-B', item: '202' },
      sublists: { locations: [at('1', 3)] },
    },
  ]);
});
afterAll(() => box.close());

const found = (filters: unknown, columns: unknown[]): Promise<unknown> =>
  runCode(
    box,
    'search',
    `return search.create({ type: search.Type.INVENTORY_BALANCE, filters: ${JSON.stringify(filters)}, columns: ${JSON.stringify(columns)} })
       .run().getRange(0, 20).map((row) => row.columns.map((column) => row.getText(column) || row.getValue(column)));`,
  );

describe('inventory balances (section_N3744760)', () => {
  it('are a row for each item, location and lot with stock', async () => {
    expect(await found([], ['item', 'location', 'inventorynumber', 'binnumber', 'onhand', 'available'])).toEqual([
      ['PART', 'San Francisco', '', '', '10', '7'],
      ['PAINT', 'San Francisco', 'LOT-A', '', '5', '5'],
      ['PAINT', 'San Francisco', 'LOT-B', '', '3', '3'],
      ['PAINT', expect.any(String), 'LOT-A', '', '2', '2'],
    ]);
  });

  it('are filtered by item, location, number and quantity, joined and summed', async () => {
    const filters = [
      ['item', 'anyof', '202'],
      'AND',
      ['location', 'anyof', '1'],
      'AND',
      ['available', 'greaterthan', 3],
    ];
    const columns = [
      { name: 'internalid', join: 'item' },
      { name: 'inventorynumber', join: 'inventorynumber' },
    ];
    expect(await found(filters, columns)).toEqual([['202', 'LOT-A']]);
    const sums = [
      { name: 'item', summary: 'GROUP', sort: 'ASC' },
      { name: 'onhand', summary: 'SUM' },
    ];
    expect(await found([['item.type', 'anyof', 'InvtPart']], sums)).toEqual([
      ['PAINT', '10'],
      ['PART', '10'],
    ]);
    const formula = ['formulanumeric: TRUNC({available}, 0)', 'lessthan', 3];
    expect(await found([formula], ['inventorynumber'])).toEqual([['LOT-A']]);
    expect(await found([], ['nosuch'])).toMatchObject({ error: { code: 'SSS_INVALID_SRCH_COL' } });
  });
});
