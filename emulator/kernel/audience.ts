import type { Deployment, User } from './types';

/** The administrator, who deploys all scripts of this account and so owns them. */
const OWNER = -5;
const ADMINISTRATOR_ROLE = 3;
/** They run by queue, for whoever submits them: neither status Testing nor an audience applies (pages chapter_N2998873, chapter_N2999041). */
const WITHOUT_AUDIENCE: readonly string[] = ['scheduled', 'mapreduce'];

/** Does the deployment run for this user? Status Testing: for the script's owner only; else for the roles of its audience. */
export function runsFor(
  { type, status, audienceRoles }: Pick<Deployment, 'type' | 'status' | 'audienceRoles'>,
  { entity, role }: User,
): boolean {
  if (WITHOUT_AUDIENCE.includes(type)) return true;
  if (status === 'TESTING') return entity === OWNER;
  return !audienceRoles || role === ADMINISTRATOR_ROLE || audienceRoles.includes(role);
}
