import type { Front } from '../http/front';
import { mergeSettings } from '../kernel/settings';
import type { Settings } from '../kernel/types';
import { addEmployee } from '../start/integration-user';
import type { ControlAnswer } from './call';
import { badRequest } from './control-error';

/** Puts keys of the configuration into force and tells the parts. Answers all settings. */
export const changeSettings: ControlAnswer = async ({ front, body }) => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('the body must be an object of settings');
  }
  const changes = body as Partial<Settings>;
  const { account } = front;
  const zoneBefore = account.settings.timeZone;
  for (const { name, role } of Array.isArray(changes.employees) ? changes.employees : [])
    if (front.roleId(role) === undefined) throw badRequest(`employee ${name}: there is no role ${role}`);
  mergeSettings(account.settings, changes);
  if (account.settings.timeZone !== zoneBefore) moveToZone(front, zoneBefore);
  for (const part of account.partList) await part.control?.['settings.changed']?.(account, account.settings as never);
  for (const { name } of account.settings.integrations) front.integration(name);
  for (const employee of changes.employees ?? []) addEmployee(front, employee);
  return account.settings;
};

/** A process that runs in the account's time zone goes on doing so; threads read the zone when they start. */
function moveToZone(front: Front, before: string): void {
  if (process.env.TZ !== before) return;
  process.env.TZ = front.account.settings.timeZone;
  front.account.runner.renew();
}
