import * as z from 'zod';
import { requireAction } from '../authenticate';
import { parseJsonBody } from '../json-body';
import { schemaDetails } from '../accept/envelope';
import { ProblemError } from '../problem';
import { readLastRun } from '../../reconcile/last-run';
import { bodyOf, type Route, type RouteContext } from '../request-context';

const pullSchema = z.strictObject({
  /** Account to read; the first one when left out. */
  account: z.string().optional(),
  /** Id of a flow towards a CRM; all of them when left out. */
  flow: z.string().optional(),
});

const reconcileSchema = z.strictObject({
  account: z.string().optional(),
  /** Id of a flow; all of them when left out. */
  flow: z.string().optional(),
  /** Bring what differs onto its way again. */
  repair: z.boolean().default(false),
});

/** POST /v1/admin/pull: read now what flows mirror, instead of waiting for their time. Answers when it is stored. */
export const postPull: Route = async (context) => {
  const { services, principal, response } = context;
  requireAction(principal, 'admin');
  const { account, flow } = await readBody(context, pullSchema);
  const pulled = await services.pull(accountOf(context, account), flow ?? null);
  if (pulled === null) throw new ProblemError('not-found', `There is no account ${accountOf(context, account)}.`);
  if (flow !== undefined && pulled.pages.length === 0)
    throw new ProblemError(
      'not-found',
      `No flow ${flow} that reads from NetSuite is in force; \`suiterelay flows\` lists them.`,
    );
  services.log.info({ actor: principal.actor, account, flow }, 'pages read on command');
  response.json(pulled);
};

const forgetSchema = z.strictObject({ account: z.string().optional() });

/** POST /v1/admin/forget: the account was reset or restored; what it was known to hold is dropped, and every record is sent again as it comes. */
export const postForget: Route = async (context) => {
  const { services, principal, response } = context;
  requireAction(principal, 'admin');
  const account = accountOf(context, (await readBody(context, forgetSchema)).account);
  const forgotten = await services.forget(account);
  if (forgotten === null) throw new ProblemError('not-found', `There is no account ${account}.`);
  services.log.warn(
    { actor: principal.actor, account, ...forgotten },
    'what the account held was forgotten on command',
  );
  response.json({ account, ...forgotten });
};

/** POST /v1/admin/reconcile: compare both sides of a flow, or of all; with `repair` what differs takes its way again. */
export const postReconcile: Route = async (context) => {
  const { services, principal, response } = context;
  requireAction(principal, 'admin');
  const { account, flow, repair } = await readBody(context, reconcileSchema);
  const report = await services.reconcile(accountOf(context, account), flow ?? null, repair);
  if (report === null)
    throw new ProblemError('not-found', `No flow ${flow ?? ''} is in force, or the account is unknown.`);
  services.log.info({ actor: principal.actor, flow, repair }, 'reconciled on command');
  response.json(report);
};

/** GET /v1/admin/reconcile: what the last nightly comparison found. */
export const getReconcile: Route = async (context) => {
  const { services, principal, request, response } = context;
  requireAction(principal, 'admin');
  const { account } = request.query;
  const name = accountOf(context, typeof account === 'string' ? account : undefined);
  const run = await readLastRun(services.store, name);
  if (run === null) throw new ProblemError('not-found', `Nothing has been compared by schedule for ${name} yet.`);
  response.json(run);
};

const accountOf = ({ services }: RouteContext, account: string | undefined): string =>
  account ?? services.settings().config.netsuite[0]?.account ?? '';

async function readBody<T>({ services, request }: RouteContext, schema: z.ZodType<T>): Promise<T> {
  const { limits } = services.settings().config;
  const parsed = schema.safeParse(parseJsonBody(await bodyOf(services, request), limits), { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new ProblemError('validation-failed', 'The body is not valid.', { errors: schemaDetails(parsed.error.issues) });
}
