import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { parseConfig } from '../../relay/config/load-config';
import { loadMapper } from '../../relay/config/load-mapper';
import { EventInlet } from '../../relay/delivery/take-events';
import { createApp } from '../../relay/http/create-app';
import { createMetrics } from '../../relay/http/metrics';
import { FlowActivity } from '../../relay/watch/flow-activity';
import { Settlements } from '../../relay/http/settlements';
import { buildSettings } from '../../relay/runtime/build-settings';
import { buildRouters } from '../../relay/runtime/crm-work';
import { hashApiKey } from '../../relay/security/verify-api-key';
import { openSqliteStore } from '../../relay/store/sqlite/open-sqlite-store';
import { KEY } from './http-key';
import type { EnqueueResult, NewRequest, Store } from '../../relay/store/types';

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
  const config = parseConfig(
    JSON.stringify({
      store: { path: folder },
      netsuite: [{ account: 'BENCH', baseUrl: 'http://127.0.0.1:1', auth, events: { mode: 'push' } }],
      sources: [
        { name: 'direct', kind: 'direct', keys: [{ id: 'k', sha256: hashApiKey(KEY), actions: ['upsert', 'direct'] }] },
      ],
      limits: { requests: { quota: 100_000_000, windowSeconds: 60 }, queue: 100_000_000 },
    }),
    'bench.json',
    { env: () => '', file: () => '', command: () => '' },
    '/',
  );
  const mapper = loadMapper(config, 'bench.json');
  const settings = buildSettings(config);
  const log = pino({ level: 'silent' });
  const app = createApp({
    settings: () => settings,
    store,
    mapper,
    events: new EventInlet(
      store,
      buildRouters(
        config,
        () => mapper,
        store,
        () => new Map(),
        Date.now,
      ),
      log,
    ),
    settlements: new Settlements(store),
    metrics: createMetrics(store),
    activity: new FlowActivity([]),
    log,
    now: Date.now,
    publicUrl: () => 'http://127.0.0.1',
    stopping: () => false,
    dispatching: () => true,
    pull: () => Promise.resolve(null),
    reconcile: () => Promise.resolve(null),
    forget: () => Promise.resolve(null),
    findContext: () => Promise.reject(new Error('no account is connected')),
    flowsOf: (account) => mapper.set(account),
  });
  const server = createServer(app).listen(0, '127.0.0.1', () => {
    console.log((server.address() as AddressInfo).port);
  });
}

void main();
