import * as z from 'zod';
import { LANES } from '../../store/types';
import { requireAction } from '../authenticate';
import { parseJsonBody } from '../json-body';
import { schemaDetails } from '../accept/envelope';
import { ProblemError } from '../problem';
import { bodyOf } from '../request-context';
import type { Route, RouteContext } from '../request-context';
import { overviewOf } from '../views/overview';

/** GET /v1/admin/overview: counts, pools with slots and lanes, flows. */
export const getOverview: Route = async ({ services, principal, response }) => {
  requireAction(principal, 'admin');
  response.json(await overviewOf(services));
};

/** Longest loan of slots, in seconds. */
const MAX_LOAN_S = 24 * 3600;

export const lendSchema = z.strictObject({
  count: z.int().min(0).max(200),
  forSeconds: z.int().min(1).max(MAX_LOAN_S).default(600),
});

/** POST /v1/admin/pools/{pool}/lend: leave slots to others for a while, such as to a deployment. Count 0 takes them back. */
export const postLend: Route = async (context) => {
  const { services, principal, response } = context;
  requireAction(principal, 'admin');
  const { count, forSeconds } = await readAdminBody(context, lendSchema);
  const { pool, status } = await knownPool(context);
  if (count >= status.slots) {
    throw new ProblemError(
      'validation-failed',
      `The pool has ${status.slots} slots; at most ${status.slots - 1} can be lent.`,
    );
  }
  await services.store.lendSlots(pool, count, services.store.now() + forSeconds * 1000);
  services.log.info({ actor: principal.actor, pool, count, forSeconds }, 'slots lent');
  response.json(await services.store.poolStatus(pool));
};

export const laneSchema = z.strictObject({ paused: z.boolean() });

/** POST /v1/admin/pools/{pool}/lanes/{lane}: pause or go on. A paused lane finishes what it has begun, so pausing drains it. */
export const postLane: Route = async (context) => {
  const { services, principal, request, response } = context;
  requireAction(principal, 'admin');
  const { paused } = await readAdminBody(context, laneSchema);
  const lane = LANES.find((name) => name === request.params['lane']);
  if (!lane) throw new ProblemError('not-found', `There is no such lane; lanes are ${LANES.join(', ')}.`);
  const { pool } = await knownPool(context);
  await services.store.pauseLane(pool, lane, paused);
  services.log.info({ actor: principal.actor, pool, lane, paused }, 'lane switched');
  response.json(await services.store.poolStatus(pool));
};

async function knownPool({ services, request }: RouteContext) {
  const pool = String(request.params['pool']);
  const status = await services.store.poolStatus(pool);
  if (!status) throw new ProblemError('not-found', `There is no pool ${pool}.`);
  return { pool, status };
}

async function readAdminBody<T>({ services, request }: RouteContext, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(parseJsonBody(await bodyOf(services, request), services.settings().config.limits), {
    reportInput: true,
  });
  if (parsed.success) return parsed.data;
  throw new ProblemError('validation-failed', 'The body is not valid.', { errors: schemaDetails(parsed.error.issues) });
}
