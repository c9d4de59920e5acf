import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createAccount, type AccountKernel } from '../../../emulator/kernel/account';
import { PARTS } from '../../../emulator/kernel/parts';
import { Front } from '../../../emulator/http/front';
import { serveHttp } from '../../../emulator/http/server';
import { projectFiles, RESTLET } from './project';

const HOST = 'tstdrv1.app.netsuite.com';
const CLI = path.resolve('node_modules/@oracle/suitecloud-cli/src/suitecloud.js');
const closers: (() => unknown)[] = [];
let account: AccountKernel;
let front: Front;
let home: string;

/** A TLS server under the account's host name that hands everything to the emulator, and a proxy that leads there. */
async function startTunnel(): Promise<number> {
  const key = path.join(home, 'key.pem');
  const cert = path.join(home, 'cert.pem');
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    `/CN=${HOST}`,
    '-addext',
    `subjectAltName=DNS:${HOST}`,
  ];
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const port = Number(new URL(front.baseUrl).port);
  const tls = https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, (incoming, outgoing) => {
    const onward = http.request(
      { port, host: '127.0.0.1', path: incoming.url, method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
  const proxy = http.createServer();
  proxy.on('connect', (_request, socket: net.Socket, head: Buffer) => {
    const through = net.connect((tls.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.write(head);
      through.pipe(socket).pipe(through);
    });
    // The server lets go of a socket that asked for a tunnel, so its ends are closed here: with each other, and at last.
    for (const [end, other] of [
      [socket, through],
      [through, socket],
    ] as const)
      end.on('error', () => other.destroy()).on('close', () => other.destroy());
    closers.push(() => socket.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  for (const server of [tls, proxy])
    closers.push(
      () => server.close(),
      () => server.closeAllConnections(),
    );
  return (proxy.address() as AddressInfo).port;
}

function writeProject(changes: Record<string, string | null> = {}): string {
  const folder = path.join(home, 'project');
  for (const [file, data] of projectFiles(changes)) {
    const target = path.join(folder, 'dist', file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, data);
  }
  fs.writeFileSync(
    path.join(folder, 'suitecloud.config.js'),
    "module.exports = { defaultProjectFolder: 'dist', commands: {} };\n",
  );
  fs.writeFileSync(path.join(folder, 'project.json'), '{"defaultAuthId":"emulator"}');
  return folder;
}

async function suitecloud(
  folder: string,
  proxyPort: number,
  ...args: string[]
): Promise<{ code: number; text: string }> {
  const bin = path.join(home, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  fs.copyFileSync(path.resolve('test/conformance/sdf/authorization-double.cjs'), path.join(bin, 'java'));
  fs.chmodSync(path.join(bin, 'java'), 0o755);
  const token = front.gate.bearer.issue({ integration: front.defaultIntegration, entity: -5, role: 3 }, [
    'rest_webservices',
  ]);
  const env = {
    ...process.env,
    HOME: home,
    PATH: `${bin}:${path.dirname(process.execPath)}:${process.env.PATH}`,
    EMULATED_HOST: HOST,
    EMULATED_TOKEN: token.access_token,
    SUITECLOUD_PROXY: `http://127.0.0.1:${proxyPort}`,
    NODE_EXTRA_CA_CERTS: path.join(home, 'cert.pem'),
  };
  const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  closers.push(() => child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number];
  return { code, text };
}

beforeEach(async () => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'sdf-cli-'));
  fs.mkdirSync(path.join(home, '.suitecloud-sdk/cli'), { recursive: true });
  fs.writeFileSync(path.join(home, '.suitecloud-sdk/cli/cli-2026.2.0.jar'), '');
  account = await createAccount({}, PARTS);
  front = new Front(account);
  const server = await serveHttp(front, 0);
  closers.push(() => server.close());
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await account.close();
  fs.rmSync(home, { recursive: true, force: true });
});

describe("Oracle's SuiteCloud CLI 4.1 against the emulator", () => {
  it('deploys a project', async () => {
    const { text } = await suitecloud(writeProject(), await startTunnel(), 'project:deploy');
    expect(text).toContain('Validate objects');
    expect(account.scripts.find('customscript_orders', 'customdeploy_orders')).toMatchObject({
      path: '/SuiteScripts/orders/orders.js',
    });
  });

  it('shows why a project is refused, and installs nothing', async () => {
    const broken = {
      'Objects/customscript_orders.xml': RESTLET.replace('<status>RELEASED</status>', '<status>SENT</status>'),
    };
    const { text } = await suitecloud(writeProject(broken), await startTunnel(), 'project:validate');
    expect(text).toContain('The status field for the (customdeploy_orders) subrecord must not be SENT.');
    expect(account.scripts.find('customscript_orders', 'customdeploy_orders')).toBeUndefined();
  });
});

describe('the deploy endpoint', () => {
  it('wants a token and a permission', async () => {
    const anonymous = await fetch(`${front.baseUrl}/api/internal/sdf/v1/projects`, { method: 'POST' });
    expect(anonymous.status).toBe(401);
  });

  it('refuses a project that is no zip file as a wrong request', async () => {
    const user = { integration: front.defaultIntegration, entity: -5, role: 3 };
    const { access_token: token } = front.gate.bearer.issue(user, ['rest_webservices']);
    const body = new FormData();
    body.set('sdfProjectZip', new Blob(['no zip']), 'project.zip');
    body.set('action', 'deploy');
    const answer = await fetch(`${front.baseUrl}/api/internal/sdf/v1/projects`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body,
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ errorMessage: 'The part sdfProjectZip is not a zip file.' });
  });
});
