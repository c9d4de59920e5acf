import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import { acceptedOf, newOperation, newRequest } from '../../helpers/stores';

/** A network that swallows what is sent: connections stand, and nothing comes back. */
class SilentNetwork {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  silent = false;

  constructor(to: URL) {
    this.#server = createServer({ allowHalfOpen: true }, (caller) => {
      const server = connect({ port: Number(to.port), host: to.hostname, allowHalfOpen: true });
      this.#pass(caller, server);
      this.#pass(server, caller);
    });
  }

  #pass(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (bytes: Buffer) => this.silent || to.write(bytes));
    from.on('error', () => undefined);
    from.on('end', () => this.silent || to.end());
    from.on('close', () => this.silent || to.destroy());
  }

  async open(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}

let network: SilentNetwork;
let url: URL;
const schema = `t${randomUUID().replaceAll('-', '')}`;
const open = () => openPostgresStore({ connectionString: url.href, schema, connectMs: 300, answerMs: 600 });

beforeAll(async () => {
  url = new URL(await postgresUrl());
  network = new SilentNetwork(new URL(url.href));
  url.port = String(await network.open());
});
afterAll(async () => {
  network.close();
  await stopPostgres();
});

beforeEach(() => {
  network.silent = false;
});

/** Whether it was told in time, and how. */
const within = (ms: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([
    work.catch((error: unknown) => (error as { reason?: string }).reason),
    new Promise((resolve) => setTimeout(() => resolve('no answer'), ms).unref()),
  ]);

test('a database that answers nothing any more is told as gone: accepting, reading and asking how it is; and used again when it answers', async () => {
  const store = await open();
  await store.enqueue(newRequest([newOperation('A')]));
  network.silent = true;
  const asked = [store.enqueue(newRequest([newOperation('B')])), store.stats(), store.check()];
  expect(await Promise.all(asked.map((one) => within(5_000, one)))).toEqual([
    'disconnected',
    'disconnected',
    'disconnected',
  ]);
  network.silent = false;
  expect(acceptedOf(await store.enqueue(newRequest([newOperation('C')]))).operations).toHaveLength(1);
  await store.close();
});

test('a connection that nobody uses is kept, however long', async () => {
  const store = await open();
  await store.stats();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect((await store.stats()).accepted).toBeGreaterThan(0);
  await store.close();
});

test('a server that takes connections and says nothing refuses the start in time', async () => {
  network.silent = true;
  expect(await within(5_000, open())).toBe('disconnected');
  network.silent = false;
});

test('a store whose database is silent is closed in time', async () => {
  const store = await open();
  network.silent = true;
  expect(await within(5_000, store.close())).toBeUndefined();
});
