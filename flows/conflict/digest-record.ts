import { createHash } from 'node:crypto';
import { canonicalJson, type DirectRecord } from '../../contract';
import type { WireField } from '../map-fields';
import { normalValue } from './same-value';

/** Values of a record by unit, as short digests: enough to tell whether anything changed, too little to be a copy of the data. */
export type Digests = Readonly<Record<string, string>>;

/** What one unit is: a body field (`phone`), a list of lines (`item[]`), or a subrecord (`billingaddress{}`). */
export interface Unit {
  name: string;
  digest: string;
  /** The fields in it, whose owners and write modes rule it. */
  fields: readonly WireField[];
}

const LENGTH = 12;
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, LENGTH);

/** Plain values are compared by content alone (`v:`), so that a change NetSuite reports can be digested alike. */
export const digestPlain = (value: WireField['value']): string => `v:${digest(normalValue(value))}`;

/** References, dates and whole lists look different on both sides (`x:`): only equal or not. */
const digestOpaque = (value: unknown): string => `x:${digest(canonicalJson(value as never))}`;

/** The units of a record that the relay compares. What the relay itself sets, such as constants, says nothing about a change. */
export function unitsOf(record: DirectRecord): Unit[] {
  const body = Object.entries(record.fields ?? {}).map(([name, field]) => ({
    name,
    digest: digestField(field),
    fields: [field],
  }));
  const lists = Object.entries(record.sublists ?? {}).map(([name, list]) => ({
    name: `${name}[]`,
    digest: digestOpaque({
      mode: list.mode,
      lines: list.lines.map(({ key, fields = {}, subrecords = {} }) => ({
        key,
        fields: valuesOf(fields),
        subrecords: Object.entries(subrecords).map(([part, inner]) => [part, valuesOf(inner.fields)]),
      })),
    }),
    fields: list.lines.flatMap(({ fields = {}, subrecords = {} }) => [
      ...Object.values(fields),
      ...Object.values(subrecords).flatMap((inner) => Object.values(inner.fields)),
    ]),
  }));
  const parts = Object.entries(record.subrecords ?? {}).map(([name, { fields }]) => ({
    name: `${name}{}`,
    digest: digestOpaque(valuesOf(fields)),
    fields: Object.values(fields),
  }));
  return [...body, ...lists, ...parts, ...fileUnits(record)].filter(({ fields }) =>
    fields.some(({ owner }) => owner !== 'relay'),
  );
}

/** Which version of which file, and where it belongs: no fields of their own, and the CRM's to say. */
function fileUnits({ file, attachTo }: DirectRecord): Unit[] {
  if (file === undefined) return [];
  const unit = (name: string, value: unknown): Unit => ({
    name,
    digest: digestOpaque(value),
    fields: [{ value: null, write: 'always', owner: 'crm' }],
  });
  return [unit('file', { source: file.source, bytes: file.bytes }), unit('attachTo', attachTo ?? [])];
}

const isPlain = ({ value, as }: WireField): boolean => value !== undefined && as === undefined;

const digestField = (field: WireField): string =>
  isPlain(field) ? digestPlain(field.value) : digestOpaque(wanted(field));

const wanted = ({ value, text, ref, as }: WireField): object => ({ value, text, ref, as });

const valuesOf = (fields: Readonly<Record<string, WireField>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, isPlain(field) ? normalValue(field.value) : wanted(field)]),
  );

/** The record without some of its units; it is then no longer the complete projection of its flow. */
export function withoutUnits(record: DirectRecord, names: ReadonlySet<string>): DirectRecord {
  if (names.size === 0) return record;
  const keep = <T>(all: Readonly<Record<string, T>> | undefined, suffix: string): Record<string, T> =>
    Object.fromEntries(Object.entries(all ?? {}).filter(([name]) => !names.has(name + suffix)));
  return {
    ...record,
    fields: keep(record.fields, ''),
    ...(record.sublists ? { sublists: keep(record.sublists, '[]') } : {}),
    ...(record.subrecords ? { subrecords: keep(record.subrecords, '{}') } : {}),
    full: false,
  };
}
