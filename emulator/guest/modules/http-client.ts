import { missingArgument } from '../errors';
import type { Guest, Json, JsonObject } from '../types';
import { enumOf, isObject, optionsOf, readOnly, scriptError, withPromise, type Options } from './arguments';
import type { SecureStringPlan } from './secure-string';

export const METHODS = enumOf('DELETE', 'GET', 'HEAD', 'PUT', 'POST', 'PATCH');

interface Answer {
  code: number;
  headers: Record<string, string>;
  body: string;
}

/** What N/http and N/https share: `get`, `post`, `put`, `delete`, `request`, each with a promise twin. */
export function clientMethods(guest: Guest, protocol: 'http' | 'https'): Record<string, unknown> {
  const plans = guest.bridges.secureStrings as WeakMap<object, SecureStringPlan> | undefined;
  const send = (method: string, api: string, options: Options): object => {
    for (const name of requiredOf(method)) {
      if (options[name] === undefined || options[name] === null || options[name] === '')
        throw missingArgument(`${protocol}.${api}`, name);
    }
    const sent = {
      protocol,
      api,
      method,
      url: plain(plans, options.url),
      headers: headersOf(plans, options.headers),
      body: bodyOf(plans, options.body),
    };
    return clientResponse(guest.syscall<Answer & JsonObject>('https.request', sent), protocol);
  };
  const call = (method: string, api: string, names: string[]) =>
    withPromise((first?: unknown, ...rest: unknown[]) => send(method, api, optionsOf(first, names, rest)));
  return {
    get: call('GET', 'get', ['url', 'headers']),
    delete: call('DELETE', 'delete', ['url', 'headers']),
    post: call('POST', 'post', ['url', 'body', 'headers']),
    put: call('PUT', 'put', ['url', 'body', 'headers']),
    request: withPromise((options: Options) => {
      const { method } = options ?? {};
      if (method === undefined || method === null) throw missingArgument(`${protocol}.request`, 'method');
      if (typeof method !== 'string' || !Object.hasOwn(METHODS, method.toUpperCase()))
        throw scriptError('SSS_INVALID_TYPE_ARG', `You have entered an invalid type argument: ${String(method)}`);
      return send(method.toUpperCase(), 'request', options);
    }),
  };
}

const requiredOf = (method: string): string[] => (method === 'POST' || method === 'PUT' ? ['url', 'body'] : ['url']);

type Wire = string | { secure: SecureStringPlan };
const plain = (plans: WeakMap<object, SecureStringPlan> | undefined, value: unknown): Wire => {
  const plan = isObject(value) ? plans?.get(value) : undefined;
  return plan ? { secure: plan } : String(value);
};

const headersOf = (plans: WeakMap<object, SecureStringPlan> | undefined, headers: unknown): Record<string, Wire> =>
  isObject(headers)
    ? Object.fromEntries(
        Object.entries(headers)
          .filter(([, v]) => v !== undefined && v !== null)
          .map(([name, v]) => [name, plain(plans, v)]),
      )
    : {};

/** A plain object is sent as a form, as NetSuite does; text and secure strings as they are. */
function bodyOf(
  plans: WeakMap<object, SecureStringPlan> | undefined,
  body: unknown,
): Wire | { form: Record<string, Json> } | null {
  if (body === undefined || body === null) return null;
  if (isObject(body) && !plans?.has(body))
    return {
      form: Object.fromEntries(
        Object.entries(body).map(([name, v]) => [name, isObject(v) ? JSON.stringify(v) : (v as Json)]),
      ),
    };
  return plain(plans, body);
}

export function clientResponse({ code, headers, body }: Answer, protocol: string): object {
  const response = { toString: () => `${protocol}.ClientResponse`, toJSON: () => ({ code, headers, body }) };
  readOnly(response, '', { code: () => code, headers: () => headers, body: () => body });
  return response;
}
