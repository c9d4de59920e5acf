import type { Settings } from './types';

export const DEFAULT_SETTINGS: Settings = {
  accountId: 'TSTDRV1000001',
  tier: 'standard',
  suiteCloudPlus: 0,
  features: {},
  settings: {},
  integrations: [],
  employees: [],
  secrets: {},
  hosts: {},
  data: null,
  governanceProfile: 'documented',
  unknownCustomFields: 'reject',
  dateFormat: 'M/D/YYYY',
  timeZone: 'America/Los_Angeles',
  apiMs: {},
};

const CHOICES: Record<string, readonly string[]> = {
  tier: ['standard', 'premium', 'enterprise', 'ultimate', 'development'],
  governanceProfile: ['documented', 'observed'],
  unknownCustomFields: ['reject', 'accept'],
};
const MERGED = new Set(['features', 'settings', 'secrets', 'hosts', 'apiMs']);

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly key: string;
  constructor(key: string, message: string) {
    super(message);
    this.key = key;
  }
}

/**
 * Puts `changes` over `settings`, in place: the account and its parts hold on to the object. Maps (`features`, `apiMs` …) are merged key by key,
 * everything else is replaced. Throws SettingsError for a value that a known key can't have.
 */
export function mergeSettings(settings: Settings, changes: Record<string, unknown>): Settings {
  for (const [key, value] of Object.entries(changes)) check(key, value);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    settings[key] = MERGED.has(key) ? { ...(settings[key] as object), ...(value as object) } : value;
  }
  return settings;
}

function check(key: string, value: unknown): void {
  const choices = CHOICES[key];
  if (choices && !choices.includes(String(value))) {
    throw new SettingsError(key, `${key} must be one of ${choices.join(', ')}, not ${JSON.stringify(value)}`);
  }
  if (MERGED.has(key) && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    throw new SettingsError(key, `${key} must be an object, not ${JSON.stringify(value)}`);
  }
  if (key === 'suiteCloudPlus' && !(Number.isInteger(value) && Number(value) >= 0)) {
    throw new SettingsError(key, `suiteCloudPlus must be a whole number of licences, not ${JSON.stringify(value)}`);
  }
}

/** Replaces everything in place by a copy taken earlier (`structuredClone`). */
export function restoreSettings(settings: Settings, saved: Settings): void {
  for (const key of Object.keys(settings)) Reflect.deleteProperty(settings, key);
  Object.assign(settings, structuredClone(saved));
}
