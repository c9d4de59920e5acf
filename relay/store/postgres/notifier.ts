import { Client, type ClientConfig, type Pool } from 'pg';
import { randomUUID } from 'node:crypto';
import type { Settled } from '../types';
import { endInTime } from './break-silent';

const CHANNEL = 'suiterelay';
/** Its commit waits for no fsync: what it tells is durable by now, and a notification that a crash swallows is made up for by polling. */
export const NOTIFY = `SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)`;
/** A notification carries at most 8,000 bytes. */
const MOST_SETTLED = 50;
const GATHER_MS = 10;
/** Between two notifications that only say that there is work: each lets every other relay look for it, and whoever got it looks at once. */
const WORK_MS = 50;
const RECONNECT_MS = 1_000;
const GOODBYE_MS = 1_000;

interface News {
  from: string;
  work: string[];
  settled: Settled[];
}

type Listener = (work: readonly string[], settled: readonly Settled[]) => void;

/** Tells the other relays what became ready or final. Only an accelerator: whoever misses a notification polls. */
export class Notifier {
  readonly #pool: Pool;
  readonly #connection: ClientConfig;
  readonly #listener: Listener;
  readonly #self = randomUUID();
  #work = new Set<string>();
  #settled: Settled[] = [];
  #timer: NodeJS.Timeout | null = null;
  #dueAtMs = 0;
  #toldAtMs = 0;
  #client: Client | null = null;
  #closed = false;

  constructor(pool: Pool, connection: ClientConfig, listener: Listener) {
    this.#pool = pool;
    this.#connection = connection;
    this.#listener = listener;
  }

  async listen(): Promise<void> {
    const client = new Client(this.#connection);
    client.on('error', () => this.#reconnect(client));
    client.on('notification', ({ payload }) => this.#receive(payload ?? ''));
    await client.connect();
    try {
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await endInTime(client, GOODBYE_MS);
      throw error;
    }
    // Closed meanwhile: `close` did not know of this client yet, and open it would keep the process alive.
    if (this.#closed) await endInTime(client, GOODBYE_MS);
    else this.#client = client;
  }

  tell(work: Iterable<string>, settled: readonly Settled[]): void {
    for (const pool of work) this.#work.add(pool);
    this.#settled.push(...settled);
    const now = performance.now();
    const dueAtMs = settled.length > 0 ? now + GATHER_MS : Math.max(now + GATHER_MS, this.#toldAtMs + WORK_MS);
    if (this.#timer) {
      if (dueAtMs >= this.#dueAtMs) return;
      clearTimeout(this.#timer);
    }
    this.#dueAtMs = dueAtMs;
    this.#timer = setTimeout(() => void this.#send(), dueAtMs - now);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#client) await endInTime(this.#client, GOODBYE_MS);
  }

  async #send(): Promise<void> {
    const work = [...this.#work];
    const settled = this.#settled;
    this.#timer = null;
    this.#toldAtMs = performance.now();
    this.#work = new Set();
    this.#settled = [];
    for (let at = 0; at === 0 || at < settled.length; at += MOST_SETTLED) {
      const news: News = {
        from: this.#self,
        work: at === 0 ? work : [],
        settled: settled.slice(at, at + MOST_SETTLED),
      };
      try {
        await this.#pool.query({ name: 'srl_notify', text: NOTIFY, values: [CHANNEL, JSON.stringify(news)] });
      } catch {
        return; // Others poll.
      }
    }
  }

  #receive(payload: string): void {
    const news = readNews(payload);
    if (news && news.from !== this.#self) this.#listener(news.work, news.settled);
  }

  #reconnect(client: Client): void {
    if (this.#closed || this.#client !== client) return;
    this.#client = null;
    const retry = (): void => {
      if (!this.#closed) this.listen().catch(() => setTimeout(retry, RECONNECT_MS).unref());
    };
    setTimeout(retry, RECONNECT_MS).unref();
  }
}

/** Null for what somebody else told on the channel: anyone who may use the database can, and a program of another version. */
function readNews(payload: string): News | null {
  try {
    const news = JSON.parse(payload) as Partial<News> | null;
    if (!Array.isArray(news?.work) || !Array.isArray(news.settled)) return null;
    return news.settled.every((one: unknown) => typeof one === 'object' && one !== null) ? (news as News) : null;
  } catch {
    return null;
  }
}
