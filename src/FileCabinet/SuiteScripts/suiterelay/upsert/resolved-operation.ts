import type { Operation, Sublist } from '../../../../../contract/operation';
import type { Warning } from '../../../../../contract/upsert';
import { checkOperation } from './check-operation';
import { fail } from './operation-failure';
import { describe, type ReferenceBook } from './reference-book';
import { wantedValues, type Wanted } from './wanted';

export interface WantedLine {
  key: string;
  fields: Wanted[];
  subrecords: { name: string; fields: Wanted[] }[];
}

export interface WantedSublist {
  name: string;
  keyField: string;
  mode: Sublist['mode'];
  whenFulfilled: NonNullable<Sublist['whenFulfilled']>;
  lines: WantedLine[];
}

/** An operation with every value checked and every reference resolved: nothing in it needs NetSuite any more. */
export interface ResolvedOperation {
  operation: Operation;
  body: Wanted[];
  subrecords: { name: string; fields: Wanted[] }[];
  sublists: WantedSublist[];
  warnings: Warning[];
}

/** Body fields that others depend on are set first: the form, then what the rest is sourced from. */
const FIRST = ['customform', 'externalid', 'isperson', 'entity', 'company', 'subsidiary', 'currency'];

export function inSettingOrder(wanted: readonly Wanted[], first: readonly string[] = FIRST): Wanted[] {
  const rank = (field: string): number => {
    const at = first.indexOf(field);
    return at < 0 ? first.length : at;
  };
  return [...wanted].sort((a, b) => rank(a.field) - rank(b.field));
}

export function resolveOperation(
  operation: Operation,
  book: ReferenceBook,
  lengths?: Readonly<Record<string, number>>,
): ResolvedOperation {
  checkOperation(operation);
  checkRequired(operation, book);
  const warnings: Warning[] = [];
  const context = (place: string, table: 'record' | 'address') => ({
    recordType: operation.recordType,
    place,
    lengths: table,
    book,
    warnings,
    ...(lengths === undefined ? {} : { overrides: lengths }),
  });
  const subrecords = (given: Operation['subrecords'], place: string) =>
    Object.entries(given ?? {}).map(([name, subrecord]) => ({
      name,
      fields: wantedValues(subrecord.fields, context(place === '' ? name : place, 'address')),
    }));
  const sublists = Object.entries(operation.sublists ?? {}).map(([name, sublist]) => ({
    name,
    keyField: sublist.keyField,
    mode: sublist.mode,
    whenFulfilled: sublist.whenFulfilled ?? ('review' as const),
    lines: sublist.lines.map((line) => ({
      key: line.key,
      fields: withCustomPrice(wantedValues(line.fields, context(`${name}[${line.key}]`, 'record')), name, line.key),
      subrecords: subrecords(line.subrecords, `${name}[${line.key}]`),
    })),
  }));
  const body = inSettingOrder(wantedValues(operation.fields, context('', 'record')));
  return { operation, body, subrecords: subrecords(operation.subrecords, ''), sublists, warnings };
}

/** A price level that is set after the rate overwrites it, so price level -1 ("Custom") goes before every given rate. */
function withCustomPrice(fields: Wanted[], sublist: string, key: string): Wanted[] {
  if (sublist !== 'item' || !fields.some((one) => one.field === 'rate')) return fields;
  const ordered = inSettingOrder(fields, ['item', 'quantity', 'units', 'price']);
  if (fields.some((one) => one.field === 'price')) return ordered;
  const at = ordered.findIndex((one) => !['item', 'quantity', 'units'].includes(one.field));
  const custom: Wanted = {
    field: 'price',
    label: `item[${key}].price`,
    value: '-1',
    set: '-1',
    kind: 'plain',
    write: 'always',
    stages: [],
    verify: false,
    implied: true,
  };
  return [...ordered.slice(0, at), custom, ...ordered.slice(at)];
}

function checkRequired(operation: Operation, book: ReferenceBook): void {
  const missing = (operation.requires ?? []).filter((required) => book.hits(required).length === 0);
  if (missing.length === 0) return;
  for (const required of missing) book.assertReadable(required.recordType, 'requires');
  const names = missing.map((required) => `${required.recordType} ${describe(required)}`).join(', ');
  throw fail('MISSING_REQUIRED_RECORD', `waits for ${names}, not in NetSuite yet`, { missing });
}
