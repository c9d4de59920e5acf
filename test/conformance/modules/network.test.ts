import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountKernel } from '../../../emulator/kernel/account';
import { Front } from '../../../emulator/http/front';
import { serveHttp } from '../../../emulator/http/server';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';

interface Seen {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A local server that stands for `relay.example.com`; `/slow` never answers, `/code/418` answers that status. */
async function startTarget(): Promise<{ url: string; seen: Seen[]; close(): void }> {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      if (request.url === '/slow') return;
      const status = Number(/^\/code\/(\d+)/.exec(request.url ?? '')?.[1] ?? 200);
      response
        .writeHead(status, { 'X-Trace': 'abc', ...(status === 302 ? { location: '/moved' } : {}) })
        .end(`echo ${request.url}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => void server.close(() => undefined).closeAllConnections(),
  };
}

let target: Awaited<ReturnType<typeof startTarget>>;
let account: AccountKernel;
beforeEach(async () => {
  target = await startTarget();
});
afterEach(async () => {
  await account.close();
  target.close();
});

const call = async (code: string, config = {}): Promise<unknown> => {
  account = await openDeployedAccount({
    scripts: [restletSpec('x', ['N/https', 'N/runtime', 'N/encode', 'N/http'], code)],
    config: { hosts: { 'relay.example.com': target.url }, secrets: { custsecret_token: 's3cret' }, ...config },
  });
  const { body, error } = await postTo(account, 'x');
  return error ?? body;
};

describe('N/https (sections 4418229131, 4567630582)', () => {
  it('sends what it is told, bills 10 units, keeps a ledger', async () => {
    const body =
      await call(`const r = https.post({url: 'https://relay.example.com/v1/in?a=1', body: JSON.stringify({a: 1}), headers: {'Content-Type': 'application/json'}});
      return [r.code, r.body, r.headers['X-Trace'], runtime.getCurrentScript().getRemainingUsage()]`);
    expect(body).toEqual([200, 'echo /v1/in?a=1', 'abc', 4990]);
    expect(target.seen).toMatchObject([
      {
        method: 'POST',
        url: '/v1/in?a=1',
        body: '{"a":1}',
        headers: { host: 'relay.example.com', 'content-type': 'application/json' },
      },
    ]);
    expect(account.ledgers.list('https')).toMatchObject([
      {
        method: 'POST',
        url: 'https://relay.example.com/v1/in?a=1',
        body: '{"a":1}',
        response: { code: 200 },
        scriptId: 'customscript_x',
      },
    ]);
  });

  it('sends plain objects as a form, does not throw for statuses, follows redirects of GETs only', async () => {
    const body =
      await call(`return [https.post({url: 'https://relay.example.com/code/500', body: {a: 'x y', b: 2}}).code, https.get({url: 'https://relay.example.com/code/302'}).body,
      https.put({url: 'https://relay.example.com/code/302', body: 'x'}).code, https.request({method: https.Method.HEAD, url: 'https://relay.example.com/h'}).code, https.delete({url: 'https://relay.example.com/d'}).code]`);
    expect(body).toEqual([500, 'echo /moved', 302, 200, 200]);
    expect(target.seen[0]).toMatchObject({
      body: 'a=x+y&b=2',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    });
  });

  it('refuses what is not https, unknown hosts and missing arguments, by name', async () => {
    const body = await call(
      `const of = (f) => { try { f(); return null } catch (e) { return [e.name, e.message] } };
       return [of(() => https.get({url: 'http://relay.example.com/'})), of(() => https.get({url: 'relay.example.com'})), of(() => https.get({url: 'https://elsewhere.example.com/'})),
         of(() => https.post({url: 'https://relay.example.com/'})), of(() => http.get({url: 'https://relay.example.com/'})), runtime.getCurrentScript().getRemainingUsage()]`,
    );
    expect(body).toEqual([
      ['SSS_INVALID_URL', 'The URL must be a fully qualified HTTPS URL.'],
      ['SSS_INVALID_URL', 'The URL must be a fully qualified HTTPS URL.'],
      ['SSS_UNKNOWN_HOST', 'The host you requested elsewhere.example.com is unknown or cannot be found.'],
      ['SSS_MISSING_REQD_ARGUMENT', 'https.post: Missing a required argument: body'],
      ['SSS_INVALID_URL', 'The URL must be a fully qualified HTTP URL.'],
      4990,
    ]);
  });

  it('gives up on a host that does not answer in time', async () => {
    const body = await call(`try { https.get({url: 'https://relay.example.com/slow'}) } catch (e) { return e.name }`, {
      settings: { httpsTotalMs: 100 },
    });
    expect(body).toBe('SSS_REQUEST_TIME_EXCEEDED');
  });

  it('puts secrets into secure strings that scripts never see', async () => {
    const body = await call(
      `const token = https.createSecureString({input: 'Bearer {custsecret_token}'});
       const signature = https.createSecureString({input: '{custsecret_token}'}).hash({algorithm: 'SHA256', contentEncoding: encode.Encoding.UTF_8, resultEncoding: encode.Encoding.HEX});
       const r = https.post({url: 'https://relay.example.com/s', body: https.createSecureString({input: 'key='}).appendSecureString({secureString: signature}), headers: {Authorization: token}});
       return [r.code, String(token), JSON.stringify(token)]`,
    );
    expect(body).toEqual([200, 'https.SecureString', '{}']);
    expect(target.seen[0]?.headers.authorization).toBe('Bearer s3cret');
    expect(target.seen[0]?.body).toBe('key=1EC1C26B50D5D3C58D9583181AF8076655FE00756BF7285940BA3670F99FCBA0');
  });

  it('answers promises that are already settled', async () => {
    account = await openDeployedAccount({
      scripts: [
        {
          scriptId: 'customscript_x',
          type: 'restlet',
          source: `/** @NApiVersion 2.1
 * @NScriptType Restlet */
define(['N/https'], (https) => ({ post: async () => { const r = await https.get.promise({url: 'https://relay.example.com/p'}); return {code: r.code}; } }));`,
        },
      ],
      config: { hosts: { 'relay.example.com': target.url } },
    });
    expect((await postTo(account, 'x')).body).toEqual({ code: 200 });
  });
});

describe('calls between scripts (section_4407995117)', () => {
  const suitelet = {
    scriptId: 'customscript_page',
    type: 'suitelet',
    source: `/**
 * @NApiVersion 2.1
 * @NScriptType Suitelet
 */
define(['N/redirect', 'N/runtime'], (redirect, runtime) => ({ onRequest: ({request, response}) => {
  if (request.parameters.go) return redirect.redirect({url: 'https://example.com/', parameters: {a: 1}});
  if (request.parameters.fail) throw new Error('no page');
  response.setHeader({name: 'Content-Type', value: 'application/json'});
  response.write(JSON.stringify([request.method, request.parameters.name, request.body, runtime.executionContext, runtime.getCurrentScript().getRemainingUsage()]));
}}));`,
  };

  it('serves Suitelets over HTTP and to other scripts', async () => {
    account = await openDeployedAccount({
      scripts: [
        suitelet,
        restletSpec(
          'x',
          ['N/https', 'N/url'],
          `return JSON.parse(https.requestSuitelet({scriptId: 'customscript_page', deploymentId: 'customdeploy_page', urlParams: {name: 'in'}}).body)`,
        ),
      ],
    });
    const front = new Front(account);
    const server = await serveHttp(front, 0);
    try {
      const url = `${front.baseUrl}/app/site/hosting/scriptlet.nl?script=customscript_page&deploy=1`;
      const form = {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'name=Ann',
      };
      const posted = await fetch(url, form);
      expect([posted.headers.get('content-type'), await posted.json()]).toEqual([
        'application/json',
        ['POST', 'Ann', 'name=Ann', 'SUITELET', 1000],
      ]);
      const moved = await fetch(`${url}&go=1`, { redirect: 'manual' });
      expect([moved.status, moved.headers.get('location')]).toEqual([302, 'https://example.com/?a=1']);
      expect((await fetch(`${url}&fail=1`)).status).toBe(500);
      expect((await fetch(`${front.baseUrl}/app/site/hosting/scriptlet.nl?script=none&deploy=1`)).status).toBe(404);
      expect((await postTo(account, 'x')).body).toEqual(['GET', 'in', '', 'SUITELET', 1000]);
    } finally {
      await server.close();
    }
  });

  it("runs another RESTlet in the caller's name with limits of its own", async () => {
    account = await openDeployedAccount({
      scripts: [
        restletSpec(
          'x',
          ['N/https'],
          `const r = https.requestRestlet({scriptId: 'customscript_y', deploymentId: 'customdeploy_y', body: {a: 1}, headers: {'Content-Type': 'application/json'}}); return [r.code, r.body]`,
        ),
        restletSpec(
          'y',
          ['N/runtime'],
          `return {got: args, user: runtime.getCurrentUser().id, left: runtime.getCurrentScript().getRemainingUsage()}`,
        ),
      ],
    });
    expect((await postTo(account, 'x')).body).toEqual([200, '{"got":{"a":1},"user":-5,"left":5000}']);
  });
});
