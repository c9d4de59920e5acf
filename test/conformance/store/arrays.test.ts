import { Pool } from 'pg';
import { encodeArray, type ElementType } from '../../../relay/store/postgres/encode-array';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';

afterAll(stopPostgres);

type Values = readonly (string | number | boolean | null)[];

const LISTS: readonly [type: ElementType, values: Values][] = [
  ['text', []],
  ['text', ['', 'plain', null, 'NULL', '{"a":"\\"b\\\\","c":[1,2]}', 'Zoë €100 😀', 'x'.repeat(300_000)]],
  [
    'bigint',
    [0, 1, -1, null, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, -(2 ** 32), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  ],
  ['int', [0, -1, 2_147_483_647, -2_147_483_648, null]],
  ['double precision', [0.1, -1e300, 5, null]],
  ['bool', [true, false, null]],
  ['text', [null]],
];

test('lists reach PostgreSQL value by value, whatever they hold', async () => {
  const pool = new Pool({ connectionString: await postgresUrl(), max: 1 });
  for (const [type, values] of LISTS) {
    const { rows } = await pool.query<{ v: string | null }>(`SELECT v::text AS v FROM unnest($1::${type}[]) AS v`, [
      encodeArray(type, values),
    ]);
    const found = rows.map(({ v }) => v);
    expect({ type, found }).toEqual({ type, found: values.map((value) => (value === null ? null : String(value))) });
  }
  await pool.end();
});

test('what is no whole number is refused before it is sent as one', () => {
  expect(() => encodeArray('bigint', [1.5])).toThrow('1.5 is no whole number');
  expect(() => encodeArray('bigint', [2 ** 53])).toThrow('is no whole number');
  expect(() => encodeArray('int', ['many'])).toThrow('many is no whole number');
});
