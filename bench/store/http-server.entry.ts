import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../relay/http/create-app';
import { hashApiKey } from '../../relay/security/verify-api-key';
import { openSqliteStore } from '../../relay/store/sqlite/open-sqlite-store';
import type { EnqueueResult, NewRequest, Store } from '../../relay/store/types';
import { relayServices } from '../../test/helpers/relay-services';
import { KEY } from './http-key';

/** The relay's own HTTP interface, with its store (`durable`) or with one that answers at once and keeps nothing (`none`). */
const [, , mode = 'durable', folder = ''] = process.argv;

let n = 0;
const forget = ({ operations }: NewRequest): Promise<EnqueueResult> =>
  Promise.resolve({
    outcome: 'accepted',
    requestId: `req_${(n++).toString(36).padStart(15, '0')}`,
    operations: operations.map(({ crmId, externalId }, index) => ({
      index,
      operationId: `op_${n.toString(36).padStart(15, '0')}`,
      crmId: crmId ?? null,
      key: externalId,
      version: '0000000000000001',
      duplicateOf: null,
    })),
  });

async function main(): Promise<void> {
  const disk = await openSqliteStore(folder);
  const store: Store = mode === 'none' ? { ...disk, enqueue: forget } : disk;
  const auth = { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' };
  const services = relayServices(store, {
    store: { path: folder },
    netsuite: [{ account: 'BENCH', baseUrl: 'http://127.0.0.1:1', auth, events: { mode: 'push' } }],
    sources: [
      { name: 'direct', kind: 'direct', keys: [{ id: 'k', sha256: hashApiKey(KEY), actions: ['upsert', 'direct'] }] },
    ],
    limits: { requests: { quota: 100_000_000, windowSeconds: 60 }, queue: 100_000_000 },
  });
  const server = createServer(createApp(services)).listen(0, '127.0.0.1', () => {
    console.log((server.address() as AddressInfo).port);
  });
}

void main();
