import { SubsidiaryBook } from './subsidiary-book';
import type { Totals } from './prefetch-totals';
import type { Stamp } from './stamps';

export interface FoundLine {
  /** Column values by field id, as text. */
  values: ReadonlyMap<string, string | null>;
}

/** A record as the prefetch saw it. */
export interface FoundRecord {
  internalId: string;
  externalId: string | null;
  /** Exact record type: `lead` where a customer was asked for. */
  recordType: string;
  /** LEAD, PROSPECT or CUSTOMER, or null for other types. */
  stage: string | null;
  stamp: Stamp;
  /** Current body values by field id, as text; only what could be queried. */
  values: Map<string, string | null>;
  /** Lines by sublist, or null where they could not be read. */
  lines: Map<string, FoundLine[]>;
  /** Body subrecords by name. */
  subrecords: Map<string, ReadonlyMap<string, string | null>>;
  /** False once this batch has written the record: what the prefetch saw is then old. */
  current: boolean;
}

/** The stamp of a record that was deleted, or that can't carry one. */
export interface LedgerRow {
  rowId: string;
  op: string;
  version: string;
  /** SHA-256 of what that operation wanted. */
  hash: string;
  /** Internal id of a record that has no external id, such as a file; empty for others. */
  internalId: string;
  deleted: boolean;
}

/** What a batch knows of NetSuite after its prefetch. */
export class FoundRecords {
  private readonly byId = new Map<string, FoundRecord>();
  private readonly idByExternal = new Map<string, string>();
  private readonly idsByCrm = new Map<string, Set<string>>();
  private readonly currencies = new Map<string, Set<string>>();
  private readonly holders = new Map<string, { internalId: string; recordType: string }>();
  /** Body fields that SuiteQL did not show. */
  readonly notQueryable = new Set<string>();
  /** Sublists and subrecords that SuiteQL did not show, by name; `item.units` for a single column. */
  readonly unreadParts = new Set<string>();
  /** Sums of transactions, by internal id; only where an operation expects one. */
  readonly totals = new Map<string, Totals>();
  /** Subsidiaries of the customers, items and locations that a transaction of the batch names. */
  readonly subsidiaries = new SubsidiaryBook();
  /** Ledger rows, by external id. */
  readonly ledger = new Map<string, LedgerRow>();
  /** Failure rows, by external id. */
  readonly failureRows = new Map<string, { rowId: string; attempts: number; open: boolean }>();

  /** A currency that a customer has beside its primary one. */
  addCurrency(customerId: string, currencyId: string): void {
    this.currencies.set(customerId, (this.currencies.get(customerId) ?? new Set()).add(currencyId));
  }

  hasCurrency(customerId: string, currencyId: string): boolean {
    return this.currencies.get(customerId)?.has(currencyId) === true;
  }

  add(record: FoundRecord): void {
    this.byId.set(record.internalId, record);
    if (record.externalId !== null) this.idByExternal.set(record.externalId.toUpperCase(), record.internalId);
    const crmId = record.stamp.crmId;
    if (crmId !== null) this.idsByCrm.set(crmId, (this.idsByCrm.get(crmId) ?? new Set()).add(record.internalId));
  }

  addHolder(externalId: string, internalId: string, recordType: string): void {
    this.holders.set(externalId.toUpperCase(), { internalId, recordType });
  }

  byInternalId(id: string): FoundRecord | undefined {
    return this.byId.get(id);
  }

  byExternalId(externalId: string): FoundRecord | undefined {
    return this.byId.get(this.idByExternal.get(externalId) ?? '');
  }

  byCrmId(crmId: string): FoundRecord[] {
    return [...(this.idsByCrm.get(crmId) ?? [])].flatMap((id) => this.byId.get(id) ?? []);
  }

  holderOf(externalId: string): { internalId: string; recordType: string } | undefined {
    return this.holders.get(externalId);
  }
}
