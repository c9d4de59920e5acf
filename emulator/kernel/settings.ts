import { nameFault } from './setting-names';
import { shapeFault, type Shape } from './shape-fault';
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
  schedules: ['run', 'off'],
};
/** The names of the configuration beside those of `NAMED_SETTINGS`. */
const TOP_LEVEL = [...Object.keys(DEFAULT_SETTINGS), 'seed', 'preferences'];
const MERGED = new Set(['features', 'settings', 'secrets', 'hosts', 'apiMs']);

const isZone = (value: unknown): boolean => {
  try {
    return typeof value === 'string' && new Intl.DateTimeFormat('en-US', { timeZone: value }).format() !== '';
  } catch {
    return false;
  }
};

const SHAPES: Record<string, Shape> = {
  accountId: 'text',
  suiteCloudPlus: {
    must: 'a whole number of licences',
    check: (value) => Number.isInteger(value) && Number(value) >= 0,
  },
  integrations: { list: { keys: { name: 'text', 'concurrencyLimit?': 'count' } } },
  employees: { list: { keys: { name: 'text', email: 'text', role: 'id' } } },
  settings: 'object',
  features: 'object',
  secrets: { map: 'text' },
  hosts: { map: 'text' },
  apiMs: { map: 'amount' },
  dateFormat: 'text',
  timeZone: { must: 'the id of a time zone', check: isZone },
  data: { orNull: 'text' },
  cpuLimitMs: 'amount',
  memoryLimitMb: {
    must: 'a number of megabytes from 64',
    check: (value) => Number.isInteger(value) && Number(value) >= 64,
  },
  softOvershoot: 'count',
};

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
 * everything else is replaced. Throws SettingsError for a key that is none, and for a value that a key can't have.
 */
export function mergeSettings(settings: Settings, changes: Record<string, unknown>): Settings {
  checkNames('', Object.keys(changes));
  for (const [key, value] of Object.entries(changes)) check(key, value);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    settings[key] = MERGED.has(key) ? { ...(settings[key] as object), ...(value as object) } : value;
  }
  return settings;
}

function checkNames(place: string, names: string[]): void {
  for (const name of names) {
    const found = nameFault(place, name, TOP_LEVEL);
    if (found !== undefined) throw new SettingsError(name, found);
  }
}

const keysOf = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : []);

function check(key: string, value: unknown): void {
  const choices = CHOICES[key];
  if (choices && !choices.includes(String(value))) {
    throw new SettingsError(key, `${key} must be one of ${choices.join(', ')}, not ${JSON.stringify(value)}`);
  }
  const shape = value !== undefined && Object.hasOwn(SHAPES, key) ? SHAPES[key] : undefined;
  const found = shape && shapeFault(value, shape, key);
  if (found !== undefined) throw new SettingsError(key, found);
  if (key !== 'settings') return;
  checkNames('settings', keysOf(value));
  for (const [name, inner] of Object.entries(value ?? {})) {
    if (name === 'records') checkNames('settings.records', keysOf(inner));
    if (!MERGED.has(name)) check(name, inner);
  }
}

/** Replaces everything in place by a copy taken earlier (`structuredClone`). */
export function restoreSettings(settings: Settings, saved: Settings): void {
  for (const key of Object.keys(settings)) Reflect.deleteProperty(settings, key);
  Object.assign(settings, structuredClone(saved));
}
