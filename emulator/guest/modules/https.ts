import { missingArgument } from '../errors';
import type { Guest, JsonObject, ModuleFactory } from '../types';
import { enumOf, isObject, optionsOf, requireArguments, scriptError, withPromise, type Options } from './arguments';
import { createSecretKey, type KeyReference } from './crypto';
import { ENCODINGS } from './encode';
import { clientMethods, clientResponse, METHODS } from './http-client';
import { SecureString } from './secure-string';

export const CACHE_DURATIONS = enumOf('LONG', 'MEDIUM', 'SHORT', 'UNIQUE');
export const REDIRECT_TYPES = Object.freeze({
  MEDIA_ITEM: 'MEDIAITEM',
  RECORD: 'RECORD',
  RESTLET: 'RESTLET',
  SUITELET: 'SUITELET',
  TASK_LINK: 'TASKLINK',
});

/** N/https (page section_4418229131): https only; secure strings carry API secrets that scripts never see. */
export const createHttpsModule: ModuleFactory = (guest) => {
  guest.module('N/crypto');
  const keys = guest.bridges.secretKeys as WeakMap<object, KeyReference>;
  guest.bridges.secureStrings = SecureString.plans;
  return {
    CacheDuration: CACHE_DURATIONS,
    Encoding: ENCODINGS,
    HashAlg: enumOf('SHA256', 'SHA512'),
    Method: METHODS,
    RedirectType: REDIRECT_TYPES,
    ...clientMethods(guest, 'https'),
    createSecretKey: withPromise((first: unknown, encoding?: unknown) => createSecretKey(keys, first, encoding)),
    createSecureString: withPromise((first: unknown) => {
      const options = optionsOf(first, ['input']);
      if (options.input === undefined || options.input === null || options.input === '')
        throw missingArgument('https.createSecureString', 'input');
      return new SecureString(keys, options);
    }),
    requestRestlet: withPromise((options: Options) => requestScript(guest, 'requestRestlet', options)),
    requestSuitelet: withPromise((options: Options) => requestScript(guest, 'requestSuitelet', options)),
    requestSuiteTalkRest: withPromise((options: Options) => requestScript(guest, 'requestSuiteTalkRest', options)),
  };
};

interface Answer {
  code: number;
  headers: Record<string, string>;
  body: string;
}

/** Calls into the same account carry the caller's own session: an Authorization header is refused. */
const contentType = (headers: Options): unknown =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];

/** A plain object is posted to a Suitelet as a form. */
const formText = (fields: Options): string =>
  Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(formValue(value))}`)
    .join('&');
const formValue = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

function requestScript(guest: Guest, api: string, options: Options): object {
  requireArguments(
    `https.${api}`,
    options ?? {},
    api === 'requestSuiteTalkRest' ? ['url'] : ['scriptId', 'deploymentId'],
  );
  const headers: Options = isObject(options.headers) ? { ...options.headers } : {};
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')) {
    throw scriptError(
      'SSS_AUTHORIZATION_HEADER_NOT_ALLOWED',
      'The Authorization header is not allowed: it is added automatically.',
    );
  }
  const isForm = api === 'requestSuitelet' && isObject(options.body) && contentType(headers) === undefined;
  const body = isForm
    ? formText(options.body as Options)
    : isObject(options.body)
      ? JSON.stringify(options.body)
      : (options.body ?? null);
  if (isForm) headers['Content-Type'] = 'application/x-www-form-urlencoded';
  const method = String(options.method ?? (body === null ? 'GET' : 'POST')).toUpperCase();
  const sent = { ...options, body, headers, method } as JsonObject;
  return clientResponse(guest.syscall<Answer & JsonObject>(`https.${api}`, sent), 'https');
}
