import type { Settings } from '../kernel/types';

/** Requests at once by service tier, before SuiteCloud Plus (page bridgehead_1500275603). */
const BASE: Record<Settings['tier'], number> = {
  standard: 5,
  premium: 15,
  enterprise: 20,
  ultimate: 20,
  development: 5,
};
const PER_LICENCE = 10;

/** Base of the tier plus 10 a SuiteCloud Plus licence; development and partner accounts never scale. */
export function accountLimit({ tier, suiteCloudPlus }: Pick<Settings, 'tier' | 'suiteCloudPlus'>): number {
  return tier === 'development' ? BASE.development : BASE[tier] + PER_LICENCE * suiteCloudPlus;
}

/** What integrations without a limit of their own share (page bridgehead_156224824287). */
export function unallocatedLimit(settings: Pick<Settings, 'tier' | 'suiteCloudPlus' | 'integrations'>): number {
  const allocated = settings.integrations.reduce((sum, { concurrencyLimit = 0 }) => sum + concurrencyLimit, 0);
  return Math.max(accountLimit(settings) - allocated, 1);
}
