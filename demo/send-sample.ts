import { createRandom, type BadRecord, type FixtureRecord, type Fixtures } from '../test/fixtures';
import type { ApiKeys } from './relay-config';
import type { RelayClient, SentOperation } from './relay-client';

/** Connections the CRMs send over at the same time. */
const CONNECTIONS = 8;
const RECORDS_PER_REQUEST = 50;

export type Sendable = FixtureRecord | BadRecord;

export interface SentRecord {
  record: Sendable;
  requestId: string;
  operation: SentOperation;
}

interface Chunk {
  source: Sendable['source'];
  object: string;
  records: Sendable[];
}

/** Requests of one object each, in an order that puts many orders and contacts ahead of their customers. */
export function makeChunks(fixtures: Fixtures): Chunk[] {
  const groups = new Map<string, Sendable[]>();
  const all: Sendable[] = [...fixtures.accounts, ...fixtures.contacts, ...fixtures.orders, ...fixtures.bad];
  for (const record of all) {
    const name = `${record.source}|${record.object}`;
    groups.set(name, [...(groups.get(name) ?? []), record]);
  }
  const chunks: Chunk[] = [];
  for (const records of groups.values()) {
    const { source, object } = records[0]!;
    for (let from = 0; from < records.length; from += RECORDS_PER_REQUEST) {
      chunks.push({ source, object, records: records.slice(from, from + RECORDS_PER_REQUEST) });
    }
  }
  return mix(chunks);
}

/** Where a kind of record tends to lie in the stream; the rest is chance. Orders still come ahead of their customers, by the hundred. */
const TENDENCY: Readonly<Record<string, number>> = { Account: 0, companies: 0, Contact: 0.3, contacts: 0.3 };

function mix(chunks: readonly Chunk[]): Chunk[] {
  const random = createRandom(7);
  return chunks
    .map((chunk) => ({ chunk, place: (TENDENCY[chunk.object] ?? 0.4) + random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ chunk }) => chunk);
}

/** Sends everything over eight connections at once; each request has an idempotency key of its own. */
export async function sendSample(client: RelayClient, keys: ApiKeys, fixtures: Fixtures): Promise<SentRecord[]> {
  const waiting = makeChunks(fixtures);
  const sent: SentRecord[] = [];
  const connection = async (): Promise<void> => {
    for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
      const { source, object, records } = chunk;
      const answer = await client.upsert(keys[source], {
        source,
        object,
        records: records.map(({ payload }) => payload),
      });
      for (const operation of answer.operations) {
        sent.push({ record: records[operation.index]!, requestId: answer.requestId, operation });
      }
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return sent;
}
