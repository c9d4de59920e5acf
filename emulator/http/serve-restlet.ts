import { LoginRefused } from '../auth/refusal';
import { SCRIPT_LIMITS } from '../kernel/governance';
import type { Deployment, HttpExchange, Json, RunResult, User } from '../kernel/types';
import { connectionFault } from './connection-faults';
import type { Front } from './front';
import { RestletAnswers } from './restlet-answers';
import { formatOf, type RestletFormat } from './restlet-format';
import { argumentOf, checkAudience, checkHost, checkRequest, RequestRefused, restletOf } from './restlet-request';

/** `/app/site/hosting/restlet.nl`: login, slot, script, method, content type, run, answer (pages section_4634920277, section_4619215993). */
export async function serveRestlet(exchange: HttpExchange, front: Front): Promise<void> {
  const declared = formatOf(exchange.headers['content-type']);
  const answers = new RestletAnswers(exchange, front, declared ?? 'text');
  try {
    checkHost(exchange, front.account);
    const identity = front.authenticate(exchange, 'restlets');
    const slot = front.admission.admit(identity.integration);
    if (!slot) return answers.overload();
    try {
      await handle(exchange, front, answers, declared, identity);
    } finally {
      slot.release();
    }
  } catch (error) {
    if (error instanceof RequestRefused) answers.error(error.status, error.code, error.message);
    else if (error instanceof LoginRefused) answers.login(error);
    else throw error;
  }
}

async function handle(
  exchange: HttpExchange,
  front: Front,
  answers: RestletAnswers,
  declared: RestletFormat | undefined,
  user: User,
): Promise<void> {
  const deployment = restletOf(exchange, front.account);
  checkAudience(deployment, user, front.account);
  const fault = connectionFault(front.account, deployment);
  if (fault.status) return exchange.reply(fault.status.code, { 'content-type': 'application/json' }, fault.status.body);
  if (fault.cutBefore) return exchange.cut();
  const format = checkRequest(exchange, declared, front.account);
  const argument = argumentOf(exchange, format, front.account);
  const result = await callEntry(front, deployment, exchange.method.toLowerCase(), { format, argument }, user);
  if (fault.cutAfter) return exchange.cut();
  if (!fault.silent) answers.result(result);
}

/** One call of an entry point with a RESTlet's limits; Execute as Role holds here, where no script calls. */
function callEntry(
  front: Front,
  { scriptId, deploymentId, runAsRole }: Deployment,
  entry: string,
  input: { format: RestletFormat; argument: Json },
  user: User,
): Promise<RunResult> {
  const { units, ms } = SCRIPT_LIMITS.restlet;
  return front.account.run({
    scriptId,
    deploymentId,
    type: 'restlet',
    entry,
    input,
    user: { entity: user.entity, role: runAsRole ?? user.role },
    context: 'RESTLET',
    unitsLimit: units,
    virtualMsLimit: ms,
  });
}
