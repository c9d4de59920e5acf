import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { StoreUnavailable } from '../../../relay/store/errors';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { translateError } from '../../../relay/store/postgres/translate-error';
import { cutCommit } from '../../helpers/cut-commit';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import { acceptedOf, newOperation, newRequest } from '../../helpers/stores';

afterAll(stopPostgres);

test.each(['ECONNREFUSED', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ECONNABORTED', 'EADDRNOTAVAIL'])(
  '%s means that nothing could be stored, and that a caller should come again',
  (code) => {
    const told = translateError(
      Object.assign(new Error(`connect ${code} 10.0.0.1:5432`), { code, syscall: 'connect' }),
    );
    expect(told).toBeInstanceOf(StoreUnavailable);
    expect(told).toMatchObject({ reason: 'disconnected' });
  },
);

test.each([
  ['40001', 'could not serialize access'],
  ['40P01', 'deadlock detected'],
  ['55P03', 'canceling statement due to lock timeout'],
  ['57014', 'canceling statement due to statement timeout'],
  ['28P01', 'password authentication failed for user "relay"'],
  ['3D000', 'database "relay" does not exist'],
])('a server that goes on answering %s is one that takes nothing at present', (code, message) => {
  expect(translateError(Object.assign(new Error(message), { code }))).toBeInstanceOf(StoreUnavailable);
});

describe('a connection that ends at the commit of what several callers sent, without keys', () => {
  const three = ['CUT-1', 'CUT-2', 'CUT-3'];
  const open = async (when: 'before' | 'after', refused = 0) => {
    const connectionString = await postgresUrl();
    const schema = `t${randomUUID().replaceAll('-', '')}`;
    await (await openPostgresStore({ connectionString, schema })).close();
    const cut = await cutCommit(connectionString, when, { holding: 'CUT-1', refused });
    const store = await openPostgresStore({
      connectionString: cut.url,
      schema,
      connections: 2,
      outcomeMs: refused > 0 ? 0 : 3_000,
    });
    return { cut, store, schema, connectionString };
  };

  test.each(['before', 'after'] as const)(
    '%s it was carried out: each is stored once, and each is told so',
    async (when) => {
      const { cut, store } = await open(when);
      try {
        const sent = await Promise.all(three.map((id) => store.enqueue(newRequest([newOperation(id)]))));
        expect(cut.wasCut()).toBe(true);
        expect(sent.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
        const { items } = await store.listOperations({}, { limit: 10 });
        expect(items.map(({ operationId }) => operationId).sort()).toEqual(
          sent.flatMap((one) => acceptedOf(one).operations.map(({ operationId }) => operationId)).sort(),
        );
        expect((await store.stats()).accepted).toBe(3);
      } finally {
        await store.close();
        await cut.stop();
      }
    },
  );

  test('and a server that stays away for a while: all are told that nobody knows, and nothing is sent again', async () => {
    const { cut, store } = await open('after', 1);
    try {
      const sent = await Promise.allSettled(three.map((id) => store.enqueue(newRequest([newOperation(id)]))));
      expect(cut.wasCut()).toBe(true);
      for (const one of sent) expect(one).toMatchObject({ status: 'rejected', reason: { reason: 'disconnected' } });
      expect((await store.stats()).accepted).toBe(3);
    } finally {
      await store.close();
      await cut.stop();
    }
  });
});

test('what others tell on the same channel disturbs nobody', async () => {
  const connectionString = await postgresUrl();
  const store = await openPostgresStore({ connectionString, schema: `t${randomUUID().replaceAll('-', '')}` });
  const other = new Client({ connectionString });
  await other.connect();
  try {
    const told = new Promise<void>((resolve) => void store.onWork((pool) => pool === 'P' && resolve()));
    for (const payload of ['', 'no JSON', 'null', '7', '[]', '{}', '{"work":1,"settled":[null]}'])
      await other.query('SELECT pg_notify($1, $2)', ['suiterelay', payload]);
    await other.query('SELECT pg_notify($1, $2)', ['suiterelay', '{"from":"x","work":["P"],"settled":[]}']);
    await told;
    expect(await store.enqueue(newRequest([newOperation('A')]))).toMatchObject({ outcome: 'accepted' });
  } finally {
    await other.end();
    await store.close();
  }
});
