import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { StoreUnavailable } from '../../../relay/store/errors';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { translateError } from '../../../relay/store/postgres/translate-error';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import { newOperation, newRequest } from '../../helpers/stores';

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
