import { mergeSettings } from '../kernel/settings';
import type { ControlAnswer } from './call';
import { badRequest } from './control-error';

/** Puts keys of the configuration into force and tells the parts. Answers all settings. */
export const changeSettings: ControlAnswer = async ({ front, body }) => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('the body must be an object of settings');
  const { account } = front;
  mergeSettings(account.settings, body as Record<string, unknown>);
  for (const part of account.partList) await part.control?.['settings.changed']?.(account, account.settings as never);
  for (const { name } of account.settings.integrations) {
    if (!front.gate.credentials.integrations.has(name)) front.gate.credentials.addIntegration(name);
  }
  return account.settings;
};
