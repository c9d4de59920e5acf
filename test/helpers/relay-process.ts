import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { UpsertRequest } from '../../contract';
import { hashApiKey } from '../../relay/security/verify-api-key';
import { spawnChild } from './spawn-child';

export const MAIN = path.resolve(__dirname, '../../build/relay/main.cjs');
const SHIFTED_CLOCK = path.resolve(__dirname, 'shifted-clock.cjs');
export const KEY = 'srl_process_test_key';
export const ADMIN = 'srl_process_test_admin';

/** A NetSuite that knows only the upsert RESTlet, on a real socket. What it applied is kept by operation. */
export class StandInNetSuite {
  readonly applied = new Map<string, number>();
  readonly order: string[] = [];
  /** Records that are refused, with the reason. */
  readonly refused = new Map<string, string>();
  delayMs = 0;
  /** When each upsert call came, ms since epoch. */
  readonly calls: number[] = [];
  /** Deals with a call in its own way, and says so; `apply` does what the script would have done. */
  misbehave: ((call: { nth: number; response: ServerResponse; body: string; apply: () => void }) => boolean) | null =
    null;
  /** When each call of another script came, and what deals with it in its own way. */
  readonly errands: number[] = [];
  misbehaveElsewhere: ((call: { nth: number; response: ServerResponse }) => boolean) | null = null;
  #server = createServer((request, response) => void this.#answer(request, response));

  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #apply({ opId, version, key }: UpsertRequest['operations'][number], index: number) {
    const known = { opId, externalId: key.externalId, version, warnings: [] };
    const reason = this.refused.get(key.externalId);
    if (reason !== undefined) {
      return {
        ...known,
        status: 'failed',
        error: { code: 'INVALID_VALUE', class: 'data', message: reason, field: 'phone' },
      };
    }
    const before = this.applied.get(opId);
    this.applied.set(opId, (before ?? 0) + 1);
    if (before === undefined) this.order.push(key.externalId);
    const status = before === undefined ? 'created' : 'duplicate';
    const changes = [{ field: 'phone', old: null, new: '1' }];
    return { ...known, status, internalId: String(index + 1), stampedBy: opId, changes };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const script = new URL(request.url ?? '', 'http://x').searchParams.get('script');
    if (script !== 'customscript_srl_upsert') {
      this.errands.push(Date.now());
      if (this.misbehaveElsewhere?.({ nth: this.errands.length, response })) return;
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ events: [], cursor: '0', more: false }));
      return;
    }
    const { contract, batchId, operations } = JSON.parse(body) as UpsertRequest;
    this.calls.push(Date.now());
    const apply = () => void operations.map((operation, index) => this.#apply(operation, index));
    if (this.misbehave?.({ nth: this.calls.length, response, body, apply })) return;
    // Applied before the answer: a relay that dies meanwhile must find the stamp, as in NetSuite.
    const results = operations.map((operation, index) => this.#apply(operation, index));
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    const usage = { unitsUsed: 10, unitsLeft: 4990, ms: 5, perOperation: operations.map(() => 1) };
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ contract, batchId, results, usage }));
  }
}

export interface RelayProcess {
  child: ChildProcess;
  url: string;
  log: () => string;
  exited: Promise<number | null>;
}

/** A folder with a configuration for one relay; `change` goes over it. */
export function relayFolder(baseUrl: string, change: Record<string, unknown> = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'srl-relay-'));
  const file = path.join(folder, 'relay.json');
  const write = (more: Record<string, unknown> = {}) =>
    writeFileSync(
      file,
      JSON.stringify({
        listen: { port: 0 },
        store: { path: 'store' },
        netsuite: [
          {
            account: 'TSTDRV1000001',
            baseUrl,
            auth: { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' },
            events: { mode: 'push' },
          },
        ],
        sources: [
          {
            name: 'direct',
            kind: 'direct',
            keys: [{ id: 'k', sha256: hashApiKey(KEY), actions: ['upsert', 'direct', 'read', 'manage'] }],
          },
          { name: 'ops', kind: 'admin', keys: [{ id: 'a', sha256: hashApiKey(ADMIN), actions: ['admin'] }] },
        ],
        log: { level: 'info' },
        ...change,
        ...more,
      }),
    );
  write();
  return { folder, file, baseUrl, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Starts the built relay and waits for its ready line. Rejects with its last words when it ends before. `clockShiftMs`: how far the clock of
 * its machine is off.
 */
export async function startRelayProcess(file: string, { clockShiftMs = 0 } = {}): Promise<RelayProcess> {
  const shifted = clockShiftMs === 0 ? [] : ['--require', SHIFTED_CLOCK];
  const env = { ...process.env, CLOCK_SHIFT_MS: String(clockShiftMs) };
  const child = spawnChild([...shifted, MAIN, '--config', file], { stderr: 'pipe', env });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      resolve(code);
    }),
  );
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve((JSON.parse(line) as { url: string }).url));
    void exited.then((code) => reject(Object.assign(new Error(log), { exitCode: code })));
  });
  return { child, url, log: () => log, exited };
}
