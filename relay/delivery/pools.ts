/**
 * Work towards and from CRMs lies in pools of its own beside those of NetSuite accounts, with the same guarantees:
 * `out:<crm>` holds writes to a CRM, `in:<crm>` records to read because a notification named them.
 */
export const outPool = (crm: string): string => `out:${crm}`;
export const inPool = (crm: string): string => `in:${crm}`;

/** Whether a pool belongs to a NetSuite account. */
export const isAccountPool = (pool: string): boolean => !pool.startsWith('out:') && !pool.startsWith('in:');
