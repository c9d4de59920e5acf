import { runsFor } from '../kernel/audience';
import { SCRIPT_LIMITS } from '../kernel/governance';
import { fault, type Account, type Execution, type Json, type RunResult, type SyscallTable } from '../kernel/types';
import { errorBody } from '../http/error-body';
import type { DeploymentDetails } from '../scripts/definitions';
import { scriptRegistry } from '../scripts/script-registry';
import { runSuitelet, SUITELET_PATH, type SuiteletAnswer } from '../scripts/serve-suitelet';
import { formFields } from '../scripts/suitelet-request';
import type { OutboundAnswer } from './send-request';

interface CallArgs {
  scriptId: string | number;
  deploymentId: string | number;
  method: string;
  headers: Record<string, string>;
  urlParams?: Record<string, Json>;
  body: string | null;
}

/** How often scripts may call each other in a chain before the platform calls it a loop. */
const MAX_DEPTH = 5;

function target(
  account: Account,
  execution: Execution,
  args: CallArgs,
  type: 'restlet' | 'suitelet',
): DeploymentDetails {
  const found = scriptRegistry(account).find(String(args.scriptId), String(args.deploymentId));
  if (found?.type !== type || !found.deployed || !runsFor(found, execution.user))
    throw fault('SSS_INVALID_SCRIPT_ID_1', `You have provided an invalid script id or internal id: ${args.scriptId}`);
  if (depthOf(execution) >= MAX_DEPTH) {
    const message =
      'This script executes a recursive function that has exceeded the limit for the number of times a script can call itself using an HTTP request. Please examine the script for a potential infinite recursion problem.';
    throw fault('SSS_REQUEST_LOOP_DETECTED', message);
  }
  return found;
}

/** Depth of the chain of calls that led to an execution. */
const depths = new WeakMap<Execution, number>();
const depthOf = (execution: Execution): number => depths.get(execution) ?? 0;
const calledFrom = <R extends RunResult>(caller: Execution, result: R): R => {
  depths.set(result.execution, depthOf(caller) + 1);
  return result;
};

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
  const result = calledFrom(
    execution,
    await account.run({
      scriptId: deployment.scriptId,
      deploymentId: deployment.deploymentId,
      type: 'restlet',
      entry: args.method.toLowerCase(),
      input: { argument, format },
      user: execution.user,
      context: 'RESTLET',
      unitsLimit: units,
      virtualMsLimit: ms,
    }),
  );
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
  const { output, error } = calledFrom(execution, await runSuitelet(account, deployment, execution.user, request));
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
