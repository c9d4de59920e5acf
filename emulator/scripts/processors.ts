import type { Account } from '../kernel/types';

/** Processors per SuiteCloud Plus licence, and the two that every account has (page section_1518131145). */
const WITHOUT_LICENCE = 2;
const PER_LICENCE = 5;

/** SuiteCloud Processors: shared by all scheduled and Map/Reduce work of the account. */
export const processorCount = (account: Account): number => {
  const { suiteCloudPlus } = account.settings;
  return suiteCloudPlus > 0 ? suiteCloudPlus * PER_LICENCE : WITHOUT_LICENCE;
};
