import { settingOf } from '../kernel/setting-of';
import { fault, type Account, type Execution, type Json, type SyscallTable } from '../kernel/types';
import { DEPTH_HEADER } from '../scripts/suitelet-request';
import { nextDepth } from './call-depth';
import { ownServer } from './own-server';
import { sendRequest, unknownHost, type OutboundAnswer } from './send-request';
import { secureText, type Step } from './secure-text';

type Wire = string | { secure: Step[] };
interface Call {
  protocol: 'http' | 'https';
  api: string;
  method: string;
  url: Wire;
  headers: Record<string, Wire>;
  body: Wire | { form: Record<string, Json> } | null;
}

/** Page section_4567630582: five seconds to connect, 45 for the rest. Settings `httpsConnectMs` and `httpsTotalMs` shorten them for tests. */
const CONNECT_MS = 5_000;
const TOTAL_MS = 45_000;
const MAX_REDIRECTS = 5;

const text = (account: Account, wire: Wire): string =>
  typeof wire === 'string' ? wire : secureText(account, wire.secure);

/** N/https and N/http: 10 units, charged before anything leaves. */
async function request(account: Account, execution: Execution, call: Call): Promise<OutboundAnswer> {
  const url = parseUrl(text(account, call.url), call.protocol);
  account.charge(execution, `${call.protocol}.${call.api}`);
  const { body, contentType } = bodyOf(account, call.body);
  const headers = Object.fromEntries(Object.entries(call.headers).map(([name, wire]) => [name, text(account, wire)]));
  if (contentType && !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type'))
    headers['Content-Type'] = contentType;
  const startedAt = account.clock.now();
  const note = (answer: OutboundAnswer | { error: string }): void =>
    account.ledgers.push('https', {
      at: new Date(startedAt).toISOString(),
      method: call.method,
      url: url.href,
      headers,
      body,
      response: answer,
      scriptId: execution.scriptId,
      executionId: execution.id,
    });
  try {
    const answer = await follow(account, execution, call.method, url, headers, body);
    note(answer);
    return answer;
  } catch (error) {
    note({ error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

function parseUrl(given: string, protocol: 'http' | 'https'): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== `${protocol}:` || url.hostname === '')
    throw fault('SSS_INVALID_URL', `The URL must be a fully qualified ${protocol.toUpperCase()} URL.`);
  return url;
}

function bodyOf(account: Account, body: Call['body']): { body: string | null; contentType: string | null } {
  if (body === null) return { body: null, contentType: null };
  if (typeof body === 'object' && 'form' in body) {
    const form = new URLSearchParams(
      Object.entries(body.form).map(([name, v]): [string, string] => [
        name,
        v === null || v === undefined ? '' : typeof v === 'object' ? JSON.stringify(v) : String(v),
      ]),
    );
    return { body: form.toString(), contentType: 'application/x-www-form-urlencoded; charset=UTF-8' };
  }
  return { body: text(account, body), contentType: 'text/plain; charset=UTF-8' };
}

/** GETs follow redirects, other methods hand them to the script. */
async function follow(
  account: Account,
  execution: Execution,
  method: string,
  url: URL,
  headers: Record<string, string>,
  body: string | null,
): Promise<OutboundAnswer> {
  const timeouts = {
    connectMs: settingOf(account, 'httpsConnectMs', CONNECT_MS),
    totalMs: settingOf(account, 'httpsTotalMs', TOTAL_MS),
  };
  let target = url;
  for (let hop = 0; ; hop++) {
    const own = ownServer(account, target);
    const depth = own === undefined ? {} : { [DEPTH_HEADER]: String(nextDepth(execution)) };
    const answer = await sendRequest(
      { method, url: mapped(account, target, own), headers: { ...headers, Host: target.host, ...depth }, body },
      timeouts,
    );
    const location = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (method !== 'GET' || hop >= MAX_REDIRECTS || answer.code < 301 || answer.code > 308 || !location) return answer;
    target = new URL(location, target);
  }
}

/** Setting `hosts` maps host names to local servers, and the account's own are this one. An emulated account makes no calls into the world. */
function mapped(account: Account, url: URL, own: string | undefined): URL {
  const target = account.settings.hosts[url.host] ?? account.settings.hosts[url.hostname] ?? own;
  if (target === undefined) throw unknownHost(url.host);
  const base = new URL(target);
  return new URL(`${base.origin}${base.pathname.replace(/\/$/, '')}${url.pathname}${url.search}`);
}

export const httpsSyscalls: SyscallTable = { 'https.request': request };
