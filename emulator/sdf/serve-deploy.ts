import type { HttpExchange, HttpFront, User } from '../kernel/types';
import { LoginRefused } from '../auth/refusal';
import { deployProject, validateProject } from './deploy-project';
import { parseMultipart } from './parse-multipart';
import { readProjectZip } from './read-project';
import { ProjectRefused, type Finding, type ProjectFiles } from './types';

/** Where SuiteCloud CLI 4.1 sends projects: parts `sdfProjectZip` and `action` (deploy, validate, preview). */
export const DEPLOY_PATH = '/api/internal/sdf/v1/projects';

const ACTIONS = ['deploy', 'validate', 'preview'];

/** Validates or deploys a zipped project, as `suitecloud project:deploy` and `project:validate` ask for. */
export function serveDeploy(exchange: HttpExchange, front: HttpFront): void {
  const reply = (status: number, body: object): void =>
    exchange.reply(status, { 'content-type': 'application/json' }, JSON.stringify(body));
  let user: User;
  try {
    user = front.authenticate(exchange, 'rest_webservices');
  } catch (error) {
    if (error instanceof LoginRefused) return reply(401, { errorMessage: 'Invalid login attempt.' });
    throw error;
  }
  if (front.account.permissions.level(user, 'ADMI_CUSTOMSCRIPT') === 0)
    return reply(403, { errorMessage: 'You do not have permission to deploy SuiteCloud projects.' });
  const parts = parseMultipart(exchange.headers['content-type'] ?? '', exchange.body);
  const zip = parts.find((part) => part.name === 'sdfProjectZip')?.data;
  const action =
    parts
      .find((part) => part.name === 'action')
      ?.data.toString('utf8')
      .trim() ?? '';
  if (exchange.method !== 'POST' || !zip || !ACTIONS.includes(action))
    return reply(400, { errorMessage: 'The request needs the parts sdfProjectZip and action.' });
  const files = readProjectZip(zip);
  if (!files) return reply(400, { errorMessage: 'The part sdfProjectZip is not a zip file.' });
  reply(200, carryOut(front, action, files));
}

function carryOut(front: HttpFront, action: string, files: ProjectFiles): object {
  try {
    const findings = action === 'deploy' ? deployProject(front.account, files) : validateProject(front.account, files);
    return answer(findings, action);
  } catch (error) {
    if (error instanceof ProjectRefused) return answer(error.findings, action);
    throw error;
  }
}

/** Steps and messages in the CLI's form; a message names the file it is about. */
function answer(findings: Finding[], action: string): object {
  const failed = findings.some((f) => f.type === 'ERROR');
  const status = failed ? 'FAILED' : 'SUCCESSFUL';
  const steps = [
    { name: 'Validate manifest', status },
    { name: 'Validate objects', status },
    ...(action === 'deploy' && !failed ? [{ name: 'Deploy', status }] : []),
  ];
  const validationResults = findings.map(({ type, message, component }) => ({
    type,
    message,
    validationDetails: { component },
  }));
  return { steps, validationResults, ...(failed ? { errorMessage: 'Validation failed.' } : {}) };
}
