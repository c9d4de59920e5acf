import { Client } from 'pg';
import type { ElementType } from '../../../relay/store/postgres/encode-array';
import { ScriptSession } from '../../../relay/store/postgres/run-script';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';

let client: Client;
let session: ScriptSession;
beforeAll(async () => {
  client = new Client({ connectionString: await postgresUrl() });
  await client.connect();
  session = new ScriptSession(client);
});
afterAll(async () => {
  await client.end();
  await stopPostgres();
});

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

const textsOf = (type: ElementType, values: Values) =>
  session.add({ text: `SELECT v::text AS v FROM unnest($1::${type}[]) AS v`, values: [{ type, values }] });

test('lists reach PostgreSQL value by value, whatever they hold', async () => {
  for (const [type, values] of LISTS) {
    const answer = textsOf(type, values);
    await session.send();
    const found = answer.rows.map(({ v }) => v);
    expect({ type, found }).toEqual({ type, found: values.map((value) => (value === null ? null : String(value))) });
  }
});

test('single values reach PostgreSQL as they are', async () => {
  const values = ['Zoë €100 😀', '', null, 42, 0.1, Number.MAX_SAFE_INTEGER];
  const answer = session.add({ text: 'SELECT $1 AS a, $2 AS b, $3 AS c, $4 AS d, $5 AS e, $6 AS f', values });
  await session.send();
  expect(Object.values(answer.rows[0] ?? {})).toEqual(values.map((value) => (value === null ? null : String(value))));
});

test('what is no whole number is refused before it is sent as one, and the connection goes on', async () => {
  for (const [type, value] of [['bigint', 1.5] as const, ['bigint', 2 ** 53] as const, ['int', 'many'] as const]) {
    textsOf('text', ['beside it']);
    textsOf(type, [value]);
    await expect(session.send()).rejects.toThrow(`${value} is no whole number`);
  }
  const answer = textsOf('text', ['after it']);
  await session.send();
  expect(answer.rows).toEqual([{ v: 'after it' }]);
});

test('each statement of a flight is answered by its own rows, also where it has none', async () => {
  const text = 'CREATE TEMPORARY TABLE kept(n bigint)';
  const made = session.add({ text, values: [] });
  await session.send();
  const flight = () => [
    session.add({
      text: 'INSERT INTO kept SELECT * FROM unnest($1::bigint[])',
      values: [{ type: 'bigint', values: [1, 2] }],
    }),
    session.add({ text: 'SELECT n FROM kept WHERE n>$1 ORDER BY n', values: [1] }),
    session.add({ text: 'SELECT n FROM kept WHERE n>9', values: [] }),
    session.add({ text: 'DELETE FROM kept RETURNING n, $1::text AS word', values: ['gone'] }),
  ];
  // Once where all of it is new to the connection, once where it is known.
  for (let time = 0; time < 2; time++) {
    const answers = flight();
    await session.send();
    const gone = [1, 2].map((n) => ({ n, word: 'gone' }));
    expect([made, ...answers].map(({ rows }) => rows)).toEqual([[], [], [{ n: 2 }], [], gone]);
  }
});

test('an error stops the rest of a flight, and what it kept from being prepared is prepared the next time', async () => {
  const divide = (by: number) => session.add({ text: 'SELECT 10 / $1::int AS n', values: [by] });
  const after = () => session.add({ text: 'SELECT $1 AS later', values: ['here'] });
  divide(0);
  after();
  await expect(session.send()).rejects.toMatchObject({ code: '22012' });
  const answers = [divide(5), after()];
  await session.send();
  expect(answers.map(({ rows }) => rows)).toEqual([[{ n: 2 }], [{ later: 'here' }]]);
});
