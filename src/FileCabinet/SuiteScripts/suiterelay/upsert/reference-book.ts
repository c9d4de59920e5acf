import type { FieldValues, Operation, Reference } from '../../../../../contract/operation';
import { fail, type OperationFailure } from './operation-failure';

/** One kind of look-up: every value that is asked of one column of one record type. */
export interface ReferenceNeed {
  recordType: string;
  by: 'externalId' | 'text' | 'key';
  /** Column for `key`. */
  field: string;
  values: Set<string>;
}

export interface ReferenceHit {
  id: string;
  inactive: boolean;
  /** Primary currency of a customer, where it was asked for. */
  currency?: string | null;
}

const needId = (recordType: string, by: string, field: string): string => `${recordType}|${by}|${field}`;

/** Names compare without case and surrounding blanks, as NetSuite's own lists do. */
const fold = (text: string): string => text.trim().toUpperCase();

/** The references of a batch: what is asked for, and what the prefetch found. */
export class ReferenceBook {
  private readonly asked = new Map<string, ReferenceNeed>();
  private readonly found = new Map<string, ReferenceHit[]>();
  private readonly unreadable = new Set<string>();
  private readonly currencies = new Map<string, string>();
  private readonly missingToView: (recordType: string) => string | null;

  constructor(missingToView: (recordType: string) => string | null = () => null) {
    this.missingToView = missingToView;
  }

  needs(): ReferenceNeed[] {
    return [...this.asked.values()];
  }

  ask(reference: Reference): void {
    const way = wayOf(reference);
    if (way === null) return;
    const id = needId(reference.recordType, way.by, way.field);
    const need = this.asked.get(id) ?? {
      recordType: reference.recordType,
      by: way.by,
      field: way.field,
      values: new Set(),
    };
    need.values.add(way.by === 'externalId' ? way.value : fold(way.value));
    this.asked.set(id, need);
  }

  add(need: ReferenceNeed, value: string, hit: ReferenceHit): void {
    const key = `${needId(need.recordType, need.by, need.field)}|${fold(value)}`;
    this.found.set(key, [...(this.found.get(key) ?? []), hit]);
    if (hit.currency != null) this.currencies.set(hit.id, hit.currency);
  }

  /** Primary currency of a customer; undefined when it was not read. */
  currencyOf(customerId: string): string | undefined {
    return this.currencies.get(customerId);
  }

  markUnreadable(need: ReferenceNeed): void {
    this.unreadable.add(needId(need.recordType, need.by, need.field));
  }

  hits(reference: Reference): ReferenceHit[] {
    if (reference.internalId !== undefined) return [{ id: reference.internalId, inactive: false }];
    const way = wayOf(reference);
    if (way === null) return [];
    return this.found.get(`${needId(reference.recordType, way.by, way.field)}|${fold(way.value)}`) ?? [];
  }

  /** The internal id a reference stands for; throws what is wrong with it, naming field and remedy. */
  resolve(reference: Reference, field: string): string {
    const hits = this.hits(reference);
    const [hit] = hits;
    if (hit === undefined) throw this.missing(reference, field);
    if (hits.length > 1) {
      throw fail(
        'REFERENCE_AMBIGUOUS',
        `${field}: ${hits.length} records of type ${reference.recordType} answer to ${describe(reference)} (${hits.map((one) => one.id).join(', ')}); refer to it by internal id`,
        { field },
      );
    }
    if (hit.inactive) {
      throw fail(
        'REFERENCE_INACTIVE',
        `${field}: ${reference.recordType} ${describe(reference)} is inactive; activate it or map to another`,
        { field },
      );
    }
    return hit.id;
  }

  /** SuiteQL shows a role nothing of what it may not view: without this, a missing permission would look like a missing record. */
  assertReadable(recordType: string, field: string): void {
    const lacking = this.missingToView(recordType);
    if (lacking === null) return;
    throw fail('NOT_READABLE', `${field}: the role can't see any ${recordType}; grant it ${lacking}`, { field });
  }

  private missing(reference: Reference, field: string): OperationFailure {
    const what = `${reference.recordType} ${describe(reference)}`;
    this.assertReadable(reference.recordType, field);
    const way = wayOf(reference);
    if (way !== null && this.unreadable.has(needId(reference.recordType, way.by, way.field))) {
      return fail('NOT_READABLE', `${field}: the role can't look up ${what}; grant it View on that list`, { field });
    }
    const isItem = reference.recordType === 'item' || reference.recordType.endsWith('item');
    if (isItem) return fail('UNKNOWN_ITEM', `${field}: no ${what}; create the item or correct its SKU`, { field });
    if (reference.recordType === 'currency') {
      return fail('UNKNOWN_CURRENCY', `${field}: no ${what}; add the currency to the account or correct it`, { field });
    }
    if (reference.externalId !== undefined) {
      return fail('MISSING_REQUIRED_RECORD', `${field}: ${what} is not in NetSuite yet`, {
        field,
        missing: [{ recordType: reference.recordType, externalId: reference.externalId }],
      });
    }
    return fail('REFERENCE_NOT_FOUND', `${field}: no ${what}; create it or correct the mapping`, { field });
  }
}

function wayOf(reference: Reference): { by: ReferenceNeed['by']; field: string; value: string } | null {
  if (reference.internalId !== undefined) return null;
  if (reference.externalId !== undefined) return { by: 'externalId', field: 'externalid', value: reference.externalId };
  if (reference.key !== undefined) return { by: 'key', field: reference.key.field, value: reference.key.value };
  if (reference.text !== undefined) return { by: 'text', field: '', value: reference.text };
  return null;
}

export function describe(reference: Reference): string {
  if (reference.internalId !== undefined) return `with internal id ${reference.internalId}`;
  if (reference.externalId !== undefined) return `with external id ${reference.externalId}`;
  if (reference.key !== undefined) return `with ${reference.key.field} "${reference.key.value}"`;
  return `named "${reference.text ?? ''}"`;
}

/** Asks for every reference an operation holds. */
export function askForReferences(book: ReferenceBook, operation: Operation): void {
  const askFields = (fields: FieldValues): void => {
    for (const { ref, fallback } of Object.values(fields)) {
      if (ref !== undefined) book.ask(ref);
      if (fallback !== undefined) book.ask(fallback);
    }
  };
  askFields(operation.fields);
  for (const subrecord of Object.values(operation.subrecords ?? {})) askFields(subrecord.fields);
  for (const sublist of Object.values(operation.sublists ?? {})) {
    for (const line of sublist.lines) {
      askFields(line.fields);
      for (const subrecord of Object.values(line.subrecords ?? {})) askFields(subrecord.fields);
    }
  }
  for (const required of operation.requires ?? []) book.ask(required);
  if (operation.from !== undefined) book.ask(operation.from);
  for (const attached of operation.attachTo ?? []) book.ask(attached);
  for (const match of operation.key.match ?? []) {
    for (const within of Object.values(match.within ?? {})) if (typeof within !== 'string') book.ask(within);
  }
}
