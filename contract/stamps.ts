import { groupOf } from './glossary';

/** Names of the stamp, without the prefix of the record class. */
export const STAMP_NAMES = ['key', 'crm_id', 'op', 'version', 'hash', 'hop', 'synced'] as const;
export type StampName = (typeof STAMP_NAMES)[number];

/** The stable key of a transaction line. */
export const LINE_KEY_COLUMN = 'custcol_srl_line_key';

const PREFIXES: Readonly<Record<string, string>> = {
  entity: 'custentity_srl_',
  transaction: 'custbody_srl_',
  item: 'custitem_srl_',
  task: 'custevent_srl_',
  phonecall: 'custevent_srl_',
  supportcase: 'custevent_srl_',
  calendarevent: 'custevent_srl_',
};

/**
 * Prefix of the stamp fields of a type, or null where a ledger row stands in: for types without custom fields, and for custom record
 * types, because a custom record's field belongs to that one type alone.
 */
export function stampPrefix(recordType: string): string | null {
  return PREFIXES[groupOf(recordType)] ?? null;
}
