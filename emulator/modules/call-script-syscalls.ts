import { runsFor } from '../kernel/audience';
import { SCRIPT_LIMITS } from '../kernel/governance';
import { fault, type Account, type Execution, type Json, type SyscallTable } from '../kernel/types';
import { errorBody } from '../http/error-body';
import type { DeploymentDetails } from '../scripts/definitions';
import { scriptRegistry } from '../scripts/script-registry';
import { runSuitelet, SUITELET_PATH, type SuiteletAnswer } from '../scripts/serve-suitelet';
import { formFields } from '../scripts/suitelet-request';
import { nextDepth } from './call-depth';
import type { OutboundAnswer } from './send-request';

interface CallArgs {
  scriptId: string | number;
  deploymentId: string | number;
  method: string;
  headers: Record<string, string>;
  urlParams?: Record<string, Json>;
  body: string | null;
}

function target(
  account: Account,
  execution: Execution,
  args: CallArgs,
  type: 'restlet' | 'suitelet',
): DeploymentDetails {
  const found = scriptRegistry(account).find(String(args.scriptId), String(args.deploymentId));
  if (found?.type !== type || !found.deployed || !runsFor(found, execution.user))
    throw fault('SSS_INVALID_SCRIPT_ID_1', `You have provided an invalid script id or internal id: ${args.scriptId}`);
  return found;
}

const textParams = (params: Record<string, Json> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );

/** https.requestRestlet: in the caller's name, with the called script's own limits. */
async function requestRestlet(account: Account, execution: Execution, args: CallArgs): Promise<OutboundAnswer> {
  const deployment = target(account, execution, args, 'restlet');
  const depth = nextDepth(execution);
  account.charge(execution, 'https.requestRestlet');
  const isJson = Object.entries(args.headers).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && value.includes('json'),
  );
  const bodiless = args.method === 'GET' || args.method === 'DELETE';
  const format = isJson ? 'json' : bodiless ? 'none' : 'text';
  const argument = bodiless
    ? textParams(args.urlParams)
    : isJson
      ? (JSON.parse(args.body ?? 'null') as Json)
      : (args.body ?? '');
  const { units, ms } = SCRIPT_LIMITS.restlet;
  const result = await account.run({
    depth,
    scriptId: deployment.scriptId,
    deploymentId: deployment.deploymentId,
    type: 'restlet',
    entry: args.method.toLowerCase(),
    input: { argument, format },
    user: execution.user,
    context: 'RESTLET',
    unitsLimit: units,
    virtualMsLimit: ms,
  });
  if (result.error) {
    const { type, text } = errorBody(format, result.error.name, result.error.json ?? result.error.message);
    return { code: 400, headers: { 'Content-Type': type }, body: text };
  }
  const { content, contentType } = result.output as { content: string; contentType?: string };
  return {
    code: 200,
    headers: { 'Content-Type': contentType ?? (isJson ? 'application/json' : 'text/plain') },
    body: content,
  };
}

async function requestSuitelet(account: Account, execution: Execution, args: CallArgs): Promise<OutboundAnswer> {
  const deployment = target(account, execution, args, 'suitelet');
  const depth = nextDepth(execution);
  account.charge(execution, 'https.requestSuitelet');
  const parameters = { script: deployment.scriptInternalId, deploy: '1', ...textParams(args.urlParams) };
  const url = `https://${account.settings.accountId.toLowerCase()}.app.netsuite.com${SUITELET_PATH}?${new URLSearchParams(parameters).toString()}`;
  const request = {
    method: args.method,
    url,
    headers: args.headers,
    parameters: { ...parameters, ...formFields(args.headers, args.body ?? '') },
    body: args.body ?? '',
    clientIpAddress: '127.0.0.1',
  };
  const { output, error } = await runSuitelet(account, deployment, execution.user, request, depth);
  if (error)
    return {
      code: 500,
      headers: { 'Content-Type': 'text/plain' },
      body: errorBody('text', error.name, error.message).text,
    };
  const { headers, body, redirect } = output as SuiteletAnswer;
  const given = Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(', ')]));
  return redirect === null
    ? { code: 200, headers: given, body }
    : { code: 302, headers: { ...given, Location: redirect }, body: '' };
}

export const callScriptSyscalls: SyscallTable = {
  'https.requestRestlet': requestRestlet,
  'https.requestSuitelet': requestSuitelet,
};
