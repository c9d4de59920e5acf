import type { Settings } from './types';

/**
 * `SF_ACCT_001XX000003DGBYAAW`: kind and id, in upper case because NetSuite compares external ids without case, with the suffix of a
 * sandbox so that copies of one CRM never meet in one account.
 */
export function buildExternalId(prefix: string, id: string, settings: Settings): string {
  const suffix = settings['externalIdSuffix'];
  return `${prefix}_${id}${typeof suffix === 'string' && suffix ? `_${suffix}` : ''}`.toUpperCase();
}
