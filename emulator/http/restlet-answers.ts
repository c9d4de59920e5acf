import { LoginRefused } from '../auth/refusal';
import type { ThrownError } from '../host/protocol';
import { settingOf } from '../kernel/setting-of';
import type { HttpExchange, RunResult } from '../kernel/types';
import { errorBody } from './error-body';
import type { Front } from './front';
import { contentTypeOf, type RestletFormat } from './restlet-format';
import { MAX_STRING } from './restlet-request';

/** Errors that end a script; with which status a RESTlet answers them, no page tells (setting `limitErrorStatus`). */
const LIMITS = new Set(['SSS_USAGE_LIMIT_EXCEEDED', 'SSS_TIME_LIMIT_EXCEEDED']);

/** Writes the answers of one RESTlet request, all in the format that the request declared. */
export class RestletAnswers {
  private readonly exchange: HttpExchange;
  private readonly front: Front;
  private readonly format: RestletFormat;

  constructor(exchange: HttpExchange, front: Front, format: RestletFormat) {
    this.exchange = exchange;
    this.front = front;
    this.format = format;
  }

  result({ output, error }: RunResult): void {
    if (error) return this.thrown(error);
    const { content = '', contentType } = (output ?? {}) as { content?: string; contentType?: string };
    if (content.length > MAX_STRING) {
      return this.error(400, 'SSS_RESPONSE_SIZE_EXCEEDED', 'The RESTlet returned more than 10 MB.');
    }
    this.exchange.reply(200, { 'content-type': contentType ?? contentTypeOf(this.format) }, content);
  }

  error(status: number, code: string, message: string): void {
    const { type, text } = errorBody(this.format, code, message, this.language());
    this.exchange.reply(status, { 'content-type': type }, text);
  }

  /** No slot: 400 at once (page bridgehead_1525252812), or what a `limitAsLoginError` fault makes of it. */
  overload(): void {
    if (this.front.account.faults.strike('limitAsLoginError', {})) return this.login(new LoginRefused('request limit'));
    this.error(400, 'SSS_REQUEST_LIMIT_EXCEEDED', 'Request Limit Exceeded!');
  }

  /** Challenge of page subsect_158521885412; the statuses are settings `loginRefusedStatus` and `loginSyntaxStatus`. */
  login({ code }: LoginRefused): void {
    const { account } = this.front;
    const syntax = code === 'INVALID_REQUEST';
    const message = syntax
      ? 'The request could not be understood by the server due to malformed syntax.'
      : 'Invalid login attempt.';
    const status = syntax
      ? settingOf(account, 'loginSyntaxStatus', 400)
      : settingOf(account, 'loginRefusedStatus', 401);
    const reason = syntax ? 'invalid_request' : 'invalid_token';
    const challenge = `Bearer realm="${account.settings.accountId}", error="${reason}", error_description="${message}"`;
    const { type, text } = errorBody(this.format, code, message, this.language());
    this.exchange.reply(status, { 'content-type': type, 'www-authenticate': challenge }, text);
  }

  /** An uncaught error is always 400; a SuiteScriptError travels as JSON inside `message` (page section_4634920277). */
  private thrown(error: ThrownError): void {
    if (error.name === 'SSS_MISSING_ENTRY_POINT') {
      return this.error(405, 'METHOD_NOT_ALLOWED', 'The request method used is not valid.');
    }
    if (!error.native) {
      const status = LIMITS.has(error.name) ? settingOf(this.front.account, 'limitErrorStatus', 400) : 400;
      return this.error(status, error.name, error.json ?? error.message);
    }
    const code = settingOf(this.front.account, 'nativeErrorCode', 'UNEXPECTED_ERROR');
    this.error(400, code, error.name === 'UNEXPECTED_ERROR' ? error.message : `${error.name}: ${error.message}`);
  }

  private language(): string | undefined {
    const fault = this.front.account.faults.strike('localise', {});
    return fault && (fault.language ?? 'es');
  }
}
