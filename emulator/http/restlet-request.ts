import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { runsFor } from '../kernel/audience';
import { settingOf } from '../kernel/setting-of';
import type { Account, Deployment, HttpExchange, Json, User } from '../kernel/types';
import type { RestletFormat } from './restlet-format';

/** A refusal before the script runs, or instead of its answer. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const METHODS = ['GET', 'DELETE', 'POST', 'PUT'];
/** Guaranteed size of a string in or out (page section_4640094112). */
export const MAX_STRING = 10 * 1024 * 1024;

/** Setting `restletHost: "strict"` serves RESTlets under the account's own RESTlet domain only; others get 403 (page section_4634920277). */
export function checkHost({ url }: HttpExchange, account: Account): void {
  if (settingOf<string>(account, 'restletHost', 'any') !== 'strict') return;
  const own = `${account.settings.accountId.toLowerCase().replaceAll('_', '-')}.restlets.api.netsuite.com`;
  if (url.hostname !== own)
    throw new RequestRefused(403, 'INVALID_DOMAIN', 'The request was sent to an invalid domain.');
}

/** The deployed RESTlet that the URL names by script ids or internal ids; 404 without one. */
export function restletOf({ url }: HttpExchange, account: Account): Deployment {
  const deployment = account.scripts.find(url.searchParams.get('script') ?? '', url.searchParams.get('deploy') ?? '');
  if (!deployment?.deployed || deployment.type !== 'restlet') {
    const message = 'That Suitelet is invalid, disabled, or no longer exists.';
    throw new RequestRefused(404, 'SSS_INVALID_SCRIPTLET_ID', message);
  }
  return deployment;
}

/** A user outside the deployment's audience is refused; no source tells with which status: setting `audienceRefusedStatus` (default 403). */
export function checkAudience(deployment: Deployment, user: User, account: Account): void {
  if (runsFor(deployment, user)) return;
  const status = settingOf(account, 'audienceRefusedStatus', 403);
  throw new RequestRefused(status, 'INSUFFICIENT_PERMISSION', 'You do not have privileges to view this page.');
}

/** Method, Content-Type and size. A missing header needs none for GET and DELETE; setting `missingContentTypeStatus` (default 415). */
export function checkRequest(
  { method, body }: HttpExchange,
  declared: RestletFormat | undefined,
  account: Account,
): RestletFormat {
  if (!METHODS.includes(method)) {
    throw new RequestRefused(405, 'METHOD_NOT_ALLOWED', 'The request method used is not valid.');
  }
  const hasArguments = method === 'GET' || method === 'DELETE';
  if (declared === undefined || (declared === 'none' && !hasArguments)) {
    const status = declared === undefined ? 415 : settingOf(account, 'missingContentTypeStatus', 415);
    throw new RequestRefused(status, 'UNSUPPORTED_MEDIA_TYPE', 'An unsupported Content-Type was specified.');
  }
  if (method === 'GET' && body.length > 0) {
    throw new RequestRefused(400, 'INVALID_REQUEST', 'A GET request must not have a body.');
  }
  if (body.length > MAX_STRING) {
    throw new RequestRefused(400, 'SSS_REQUEST_SIZE_EXCEEDED', 'The request body is larger than 10 MB.');
  }
  return declared;
}

/**
 * URL parameters as strings for GET and DELETE; the body for POST and PUT, parsed unless it is text (page section_4407966008).
 * `script` and `deploy` are the platform's own, unless setting `restletParamsIncludeScript` says that scripts see them.
 */
export function argumentOf({ method, url, body }: HttpExchange, format: RestletFormat, account: Account): Json {
  if (method === 'GET' || method === 'DELETE') {
    const all = [...url.searchParams];
    const own = settingOf(account, 'restletParamsIncludeScript', false)
      ? all
      : all.filter(([key]) => key !== 'script' && key !== 'deploy');
    return Object.fromEntries(own);
  }
  const text = body.toString('utf8');
  if (format === 'text') return text;
  if (format === 'xml') return parseXml(text, account);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const code = settingOf(account, 'malformedJsonCode', 'SYNTAX_ERROR');
    throw new RequestRefused(400, code, text === '' ? 'SyntaxError: Empty JSON string' : String(error));
  }
}

/** What scripts get of XML, and how it is refused when it is not well-formed, no page tells: setting `malformedXmlCode`. */
function parseXml(text: string, account: Account): Json {
  const valid = XMLValidator.validate(text);
  if (valid === true) return new XMLParser({ ignoreAttributes: false }).parse(text) as Json;
  const { msg, line } = valid.err;
  throw new RequestRefused(400, settingOf(account, 'malformedXmlCode', 'SYNTAX_ERROR'), `${msg} (line ${line})`);
}
