import { groupOf } from '../../../contract';

/** `account|group|key`: one name for a record whatever its type is called; external ids compare in upper case. */
export const recordKeyOf = (pool: string, recordType: string, externalId: string): string =>
  `${pool}|${groupOf(recordType)}|${externalId.toUpperCase()}`;

export const groupOfKey = (recordKey: string): string => recordKey.split('|')[1] ?? '';
