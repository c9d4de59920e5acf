import type { RecordData } from './record-types';

/**
 * An answer whose records travel beside it as texts of their own. Between the account and a User Event a record passes the host thread,
 * which hands the text on and does not read it.
 */
export class WithRecords {
  readonly value: object;
  readonly records: Record<string, string>;

  constructor(value: object, records: Record<string, RecordData | null>) {
    this.value = value;
    this.records = Object.fromEntries(Object.entries(records).map(([name, record]) => [name, JSON.stringify(record)]));
  }
}
