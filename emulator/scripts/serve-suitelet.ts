import { runsFor } from '../kernel/audience';
import { SCRIPT_LIMITS } from '../kernel/governance';
import { settingOf } from '../kernel/setting-of';
import type { Account, HttpExchange, HttpFront, RunResult, User } from '../kernel/types';
import { errorBody } from '../http/error-body';
import { LoginRefused } from '../auth/refusal';
import { FILE_TYPES } from '../modules/file-types';
import { scriptRegistry } from './script-registry';
import { DEPTH_HEADER, suiteletRequest } from './suitelet-request';
import type { DeploymentDetails } from './definitions';

/** What a Suitelet is called with, and what it wrote (guest/adapters/server-request.ts, server-response.ts). */
export interface SuiteletRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  parameters: Record<string, string>;
  /** Uploaded files by the id of their field; contents are text, or base64 for binary types. */
  files?: Record<string, { name: string; fileType: string; contents: string }>;
  body: string;
  clientIpAddress: string;
}
export interface SuiteletAnswer {
  headers: Record<string, string[]>;
  body: string;
  redirect: string | null;
  binary?: boolean;
  fileType?: string;
}

/** A call without a login is the browser's: on this loopback server it is the administrator's session. */
const BROWSER: User = { entity: -5, role: 3 };
export const SUITELET_PATH = '/app/site/hosting/scriptlet.nl';

/**
 * GET and POST of a Suitelet. Suitelets take no slot of the integrations' pool (N/https pitfalls of Oracle's SAFE guide); one note has it that
 * those without a login do: setting `suiteletsShareLimit`.
 */
export async function serveSuitelet(exchange: HttpExchange, front: HttpFront): Promise<void> {
  try {
    const user = exchange.headers.authorization ? front.authenticate(exchange, 'restlets') : BROWSER;
    const { searchParams } = exchange.url;
    const deployment = scriptRegistry(front.account).find(
      searchParams.get('script') ?? '',
      searchParams.get('deploy') ?? '',
    );
    if (!deployment?.deployed || deployment.type !== 'suitelet') {
      return refuse(
        exchange,
        404,
        'SSS_INVALID_SCRIPTLET_ID',
        'That Suitelet is invalid, disabled, or no longer exists.',
      );
    }
    if (!runsFor(deployment, user))
      return refuse(exchange, 403, 'INSUFFICIENT_PERMISSION', 'You do not have privileges to view this page.');
    const slot = slotFor(exchange, front);
    if (!slot) return refuse(exchange, 400, 'SSS_REQUEST_LIMIT_EXCEEDED', 'Request Limit Exceeded!');
    const run = runSuitelet(front.account, deployment, user, suiteletRequest(exchange), depthOf(exchange));
    answer(exchange, front.account, await run.finally(() => slot.release()));
  } catch (error) {
    if (!(error instanceof LoginRefused)) throw error;
    refuse(exchange, 401, error.code, 'Invalid login attempt.');
  }
}

const depthOf = ({ headers }: HttpExchange): number => Number(headers[DEPTH_HEADER] ?? 0);

const NO_SLOT = { release: (): void => undefined };

function slotFor({ headers }: HttpExchange, front: HttpFront): { release(): void } | undefined {
  const shares = settingOf(front.account, 'suiteletsShareLimit', false) && !headers.authorization;
  return shares ? front.admit('Suitelets without login') : NO_SLOT;
}

export function runSuitelet(
  account: Account,
  deployment: DeploymentDetails,
  user: User,
  request: SuiteletRequest,
  depth?: number,
): Promise<RunResult> {
  const { units, ms } = SCRIPT_LIMITS.suitelet;
  return account.run({
    scriptId: deployment.scriptId,
    deploymentId: deployment.deploymentId,
    type: 'suitelet',
    entry: 'onRequest',
    stage: request.method,
    input: request,
    user: { entity: user.entity, role: deployment.runAsRole ?? user.role },
    context: 'SUITELET',
    unitsLimit: units,
    virtualMsLimit: ms,
    ...(depth === undefined ? {} : { depth }),
  });
}

const refuse = (exchange: HttpExchange, status: number, code: string, message: string): void => {
  const { type, text } = errorBody('text', code, message);
  exchange.reply(status, { 'content-type': type }, text);
};

/** NetSuite shows its error page; which status it has, no source tells: the code with setting `suiteletErrorStatus` (500). */
function answer(exchange: HttpExchange, account: Account, { output, error }: RunResult): void {
  const failed = settingOf(account, 'suiteletErrorStatus', 500);
  if (error) return refuse(exchange, failed, error.name, error.json ?? error.message);
  const { headers, body, redirect, binary, fileType } = output as SuiteletAnswer;
  const given = Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values.join(', ')]),
  );
  if (redirect !== null) return exchange.reply(302, { ...given, location: redirect }, '');
  exchange.reply(
    200,
    { 'content-type': FILE_TYPES[fileType ?? '']?.mime ?? 'text/html;charset=utf-8', ...given },
    // As bytes also where it is text: Node writes headers in the encoding of a text that goes with them, and theirs is Latin-1.
    Buffer.from(body, binary ? 'base64' : 'utf8'),
  );
}
