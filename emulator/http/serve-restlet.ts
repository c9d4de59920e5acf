import { XMLParser } from 'fast-xml-parser';
import { LoginRefused } from '../auth/refusal';
import type { ThrownError } from '../host/protocol';
import { SCRIPT_LIMITS } from '../kernel/governance';
import { settingOf } from '../kernel/setting-of';
import type { Deployment, HttpExchange, Json, RunResult, User } from '../kernel/types';
import { connectionFault } from './connection-faults';
import { errorBody } from './error-body';
import type { Front } from './front';
import { contentTypeOf, formatOf, type RestletFormat } from './restlet-format';

const ADMINISTRATOR_ROLE = 3;
const METHODS = ['GET', 'DELETE', 'POST', 'PUT'];
const MAX_STRING = 10 * 1024 * 1024;

/** A refusal before or instead of the script's own answer. */
class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** `/app/site/hosting/restlet.nl`: login, slot, script, method, content type, run, answer (pages section_4634920277, section_4619215993). */
export async function serveRestlet(exchange: HttpExchange, front: Front): Promise<void> {
  const declared = formatOf(exchange.headers['content-type']);
  const format = declared ?? 'text';
  try {
    const identity = front.authenticate(exchange, 'restlets');
    const slot = front.admission.admit(identity.integration);
    if (!slot) return refuseForLoad(exchange, front, format);
    try {
      await handle(exchange, front, declared, identity);
    } finally {
      slot.release();
    }
  } catch (error) {
    if (error instanceof Refused) answerError(exchange, front, format, error.status, error.code, error.message);
    else if (error instanceof LoginRefused) answerLoginError(exchange, front, format, error);
    else throw error;
  }
}

async function handle(
  exchange: HttpExchange,
  front: Front,
  declared: RestletFormat | undefined,
  user: User,
): Promise<void> {
  const deployment = deploymentOf(exchange, front);
  checkAudience(deployment, user);
  const fault = connectionFault(front.account, deployment);
  if (fault.status) return exchange.reply(fault.status.code, { 'content-type': 'application/json' }, fault.status.body);
  if (fault.cutBefore) return exchange.cut();
  const format = checkRequest(exchange, declared);
  const input = { format, argument: argumentOf(exchange, format) };
  const { units, ms } = SCRIPT_LIMITS.restlet;
  const result = await front.account.run({
    scriptId: deployment.scriptId,
    deploymentId: deployment.deploymentId,
    type: 'restlet',
    entry: exchange.method.toLowerCase(),
    input,
    user: { entity: user.entity, role: deployment.runAsRole ?? user.role },
    context: 'RESTLET',
    unitsLimit: units,
    virtualMsLimit: ms,
  });
  if (fault.cutAfter) return exchange.cut();
  if (fault.silent) return;
  answer(exchange, front, format, result);
}

function deploymentOf({ url }: HttpExchange, front: Front): Deployment {
  const deployment = front.account.scripts.find(
    url.searchParams.get('script') ?? '',
    url.searchParams.get('deploy') ?? '',
  );
  if (!deployment?.deployed || deployment.type !== 'restlet') {
    throw new Refused(404, 'SSS_INVALID_SCRIPTLET_ID', 'That Suitelet is invalid, disabled, or no longer exists.');
  }
  return deployment;
}

/** A role outside the deployment's audience is refused; with which status, no source tells. */
function checkAudience({ audienceRoles }: Deployment, { role }: User): void {
  if (!audienceRoles || role === ADMINISTRATOR_ROLE || audienceRoles.includes(role)) return;
  throw new Refused(403, 'INSUFFICIENT_PERMISSION', 'You do not have privileges to view this page.');
}

function checkRequest({ method, body }: HttpExchange, declared: RestletFormat | undefined): RestletFormat {
  if (!METHODS.includes(method)) throw new Refused(405, 'METHOD_NOT_ALLOWED', 'The request method used is not valid.');
  const hasArguments = method === 'GET' || method === 'DELETE';
  if (declared === undefined || (declared === 'none' && !hasArguments)) {
    throw new Refused(415, 'UNSUPPORTED_MEDIA_TYPE', 'An unsupported Content-Type was specified.');
  }
  if (method === 'GET' && body.length > 0)
    throw new Refused(400, 'INVALID_REQUEST', 'A GET request must not have a body.');
  if (body.length > MAX_STRING)
    throw new Refused(400, 'SSS_REQUEST_SIZE_EXCEEDED', 'The request body is larger than 10 MB.');
  return declared;
}

/** URL parameters as strings for GET and DELETE; the body for POST and PUT, parsed unless it is text (page section_4407966008). */
function argumentOf({ method, url, body }: HttpExchange, format: RestletFormat): Json {
  if (method === 'GET' || method === 'DELETE') {
    return Object.fromEntries([...url.searchParams].filter(([key]) => key !== 'script' && key !== 'deploy'));
  }
  const text = body.toString('utf8');
  if (format === 'text') return text;
  if (format === 'xml') return new XMLParser({ ignoreAttributes: false }).parse(text) as Json;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Refused(400, 'SYNTAX_ERROR', text === '' ? 'SyntaxError: Empty JSON string' : String(error));
  }
}

function answer(exchange: HttpExchange, front: Front, format: RestletFormat, { output, error }: RunResult): void {
  if (error) return answerThrown(exchange, front, format, error);
  const { content = '', contentType } = (output ?? {}) as { content?: string; contentType?: string };
  if (content.length > MAX_STRING) {
    return answerError(
      exchange,
      front,
      format,
      400,
      'SSS_RESPONSE_SIZE_EXCEEDED',
      'The RESTlet returned more than 10 MB.',
    );
  }
  exchange.reply(200, { 'content-type': contentType ?? contentTypeOf(format) }, content);
}

/** An uncaught error is always 400; a SuiteScriptError travels as JSON inside `message`. */
function answerThrown(exchange: HttpExchange, front: Front, format: RestletFormat, error: ThrownError): void {
  if (error.name === 'SSS_MISSING_ENTRY_POINT') {
    return answerError(exchange, front, format, 405, 'METHOD_NOT_ALLOWED', 'The request method used is not valid.');
  }
  if (error.native) {
    const code = settingOf(front.account, 'nativeErrorCode', 'UNEXPECTED_ERROR');
    const text = error.name === 'UNEXPECTED_ERROR' ? error.message : `${error.name}: ${error.message}`;
    return answerError(exchange, front, format, 400, code, text);
  }
  answerError(exchange, front, format, 400, error.name, error.json ?? error.message);
}

function refuseForLoad(exchange: HttpExchange, front: Front, format: RestletFormat): void {
  if (front.account.faults.strike('limitAsLoginError', {})) {
    return answerLoginError(exchange, front, format, new LoginRefused('request limit'));
  }
  answerError(exchange, front, format, 400, 'SSS_REQUEST_LIMIT_EXCEEDED', 'Request Limit Exceeded!');
}

function answerLoginError(exchange: HttpExchange, front: Front, format: RestletFormat, { code }: LoginRefused): void {
  const syntax = code === 'INVALID_REQUEST';
  const realm = front.account.settings.accountId;
  const challenge = syntax
    ? `Bearer realm="${realm}", error="invalid_request", error_description="The request could not be understood by the server due to malformed syntax."`
    : `Bearer realm="${realm}", error="invalid_token", error_description="Invalid login attempt."`;
  const message = syntax
    ? 'The request could not be understood by the server due to malformed syntax.'
    : 'Invalid login attempt.';
  const { type, text } = errorBody(format, code, message, languageOf(front));
  exchange.reply(syntax ? 400 : 401, { 'content-type': type, 'www-authenticate': challenge }, text);
}

function answerError(
  exchange: HttpExchange,
  front: Front,
  format: RestletFormat,
  status: number,
  code: string,
  message: string,
): void {
  const { type, text } = errorBody(format, code, message, languageOf(front));
  exchange.reply(status, { 'content-type': type }, text);
}

const languageOf = (front: Front): string | undefined => {
  const fault = front.account.faults.strike('localise', {});
  return fault && (fault.language ?? 'es');
};
