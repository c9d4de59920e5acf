import { FIELD_LENGTHS } from '../../../../../contract/field-lengths';
import { groupOf } from '../../../../../contract/glossary';
import type { FieldValue, FieldValues, PlainValue, Reference } from '../../../../../contract/operation';
import type { Warning } from '../../../../../contract/upsert';
import { isCountry } from './countries';
import { parseDay, type Kind } from './normalise';
import { fail } from './operation-failure';
import { describe, type ReferenceBook } from './reference-book';

/** One value as it is to stand in NetSuite, references resolved. */
export interface Wanted {
  field: string;
  /** The same name with its place in front: `addressbook[HQ].zip`. */
  label: string;
  /** For comparing. */
  value: PlainValue;
  /** For setValue: dates as Date, everything else as `value`. */
  set: PlainValue | Date;
  kind: Kind;
  write: FieldValue['write'];
  stages: readonly string[];
  /** Set: written only while NetSuite holds this. */
  expected?: PlainValue;
  verify: boolean;
  /** Not asked for but needed by another field: set along with it, never compared on its own. */
  implied?: boolean;
}

export interface WantedContext {
  recordType: string;
  /** `''` for the body, or `item[key]`. */
  place: string;
  /** Which length table applies. */
  lengths: 'record' | 'address';
  book: ReferenceBook;
  warnings: Warning[];
  /** Lengths that configuration or a length error of this account taught, by field. */
  overrides?: Readonly<Record<string, number>>;
}

const NUMERIC: ReadonlySet<string> = new Set([
  'quantity',
  'rate',
  'amount',
  'costestimate',
  'creditlimit',
  'probability',
  'projectedtotal',
]);

/** Turns the fields of a body, line or subrecord into values to compare and to set; throws the first that can't be. */
export function wantedValues(fields: FieldValues, context: WantedContext): Wanted[] {
  return Object.entries(fields).flatMap(([field, given]) => {
    const { ref, fallback, whenMissing } = given;
    if (ref === undefined || (fallback === undefined && whenMissing !== 'skip') || !isMissing(ref, context.book))
      return [wantedValue(field, given, context)];
    const usable = fallback !== undefined && !isMissing(fallback, context.book);
    if (!usable && whenMissing !== 'skip') return [wantedValue(field, given, context)];
    context.warnings.push(defaulted(field, ref, usable ? fallback : null, context));
    return usable ? [wantedValue(field, { ...given, ref: fallback }, context)] : [];
  });
}

/** Nothing that could be used: none, or only inactive ones. */
const isMissing = (reference: Reference, book: ReferenceBook): boolean =>
  book.hits(reference).every((hit) => hit.inactive);

function defaulted(field: string, reference: Reference, instead: Reference | null, context: WantedContext): Warning {
  const label = context.place === '' ? field : `${context.place}.${field}`;
  return {
    code: 'REFERENCE_DEFAULTED',
    message: `${label}: no active ${reference.recordType} ${describe(reference)}; ${instead === null ? 'the field was left as it is' : `${describe(instead)} was taken instead`}`,
    field: label,
  };
}

function wantedValue(field: string, given: FieldValue, context: WantedContext): Wanted {
  const label = context.place === '' ? field : `${context.place}.${field}`;
  const base = {
    field,
    label,
    write: given.write,
    stages: given.stages ?? [],
    ...(given.expected === undefined ? {} : { expected: given.expected }),
    verify: given.verify === true,
  };
  if (given.ref !== undefined) {
    const id = context.book.resolve(given.ref, label);
    return { ...base, value: id, set: id, kind: 'plain' };
  }
  if (given.text !== undefined) return { ...base, value: given.text, set: given.text, kind: 'text' };
  const value = given.value ?? null;
  if (value === null || value === '') return { ...base, value: null, set: '', kind: given.as ?? kindOf(field) };
  if (given.as !== undefined) return { ...base, ...dateValue(label, String(value), given.as) };
  if (field === 'country') checkCountry(label, String(value));
  if (typeof value === 'string') {
    const fitted = fit(field, label, value, given.truncate === true, context);
    return { ...base, value: fitted, set: fitted, kind: kindOf(field) };
  }
  return { ...base, value, set: value, kind: kindOf(field) };
}

const kindOf = (field: string): Kind => (NUMERIC.has(field) ? 'number' : 'plain');

function dateValue(label: string, text: string, as: 'date' | 'datetime'): Pick<Wanted, 'value' | 'set' | 'kind'> {
  const date = as === 'date' ? parseDay(text) : new Date(text);
  if (date === null || Number.isNaN(date.getTime())) {
    const form = as === 'date' ? 'YYYY-MM-DD' : 'ISO 8601 with zone';
    throw fail('INVALID_DATE', `${label}: "${text}" is not a ${as} (${form})`, { field: label });
  }
  return { value: text, set: date, kind: as };
}

function checkCountry(label: string, code: string): void {
  if (isCountry(code)) return;
  throw fail('UNKNOWN_COUNTRY', `${label}: "${code}" is not a country code; give ISO 3166-1 alpha-2, such as DE`, {
    field: label,
  });
}

/** Characters are counted as code points: half an emoji is no character. */
function fit(field: string, label: string, text: string, truncate: boolean, context: WantedContext): string {
  const table = context.lengths === 'address' ? 'address' : groupOf(context.recordType);
  const most = context.overrides?.[field] ?? FIELD_LENGTHS[table]?.[field];
  if (most === undefined || text.length <= most) return text;
  const points = Array.from(text);
  if (points.length <= most && text.length <= most) return text;
  if (!truncate) {
    throw fail(
      'FIELD_TOO_LONG',
      `${label}: ${points.length} characters, ${most} fit; shorten it or let the flow truncate this field`,
      { field: label },
    );
  }
  const cut = cutTo(points, most);
  context.warnings.push({
    code: 'FIELD_TRUNCATED',
    message: `${label} was cut from ${points.length} to ${Array.from(cut).length} characters`,
    field: label,
    from: text,
    to: cut,
  });
  return cut;
}

/** Cuts so that neither code points nor UTF-16 units exceed the limit: which of the two NetSuite counts is not published. */
function cutTo(points: string[], most: number): string {
  let text = '';
  for (const point of points) {
    if (text.length + point.length > most) break;
    text += point;
  }
  return text.trimEnd();
}
