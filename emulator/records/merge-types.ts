import packedTypes from '../data/record-types.json';
import extraTypes from '../data/record-types-extra.json';
import type { PackedType } from './unpack-type';

const DERIVED = packedTypes as unknown as Record<string, PackedType>;
const EXTRA = extraTypes as unknown as Record<string, PackedType>;

/** The reference's scripting level, where working scripts and other pages of Oracle say otherwise. */
const REFUSES: Record<string, string> = {
  // record.create('customerpayment') with defaultValues is Oracle's own sample; only copies are refused.
  customerpayment: 'y',
  customerdeposit: '',
  currencyrate: 'de',
  // Deployments are made and edited by scripts; the script records themselves are not.
  scriptdeployment: '',
  itemfulfillment: 'cy',
  itemreceipt: 'cy',
  file: 'r',
  script: 'r',
  savedsearch: 'r',
  deletedrecord: 'r',
  systemnote: 'r',
};

function mergeFields(own: string[], others: string[]): string[] {
  const seen = new Set(own.map((field) => field.slice(0, field.indexOf('|'))));
  return [...own, ...others.filter((field) => !seen.has(field.slice(0, field.indexOf('|'))))];
}

function mergeSublists(own: Record<string, string[]>, others: Record<string, string[]>): Record<string, string[]> {
  const merged = { ...own };
  for (const [id, fields] of Object.entries(others)) merged[id] = mergeFields(merged[id] ?? [], fields);
  return merged;
}

/** The packed definition of a standard type: hand-kept facts first, then the derived ones, then what it inherits. */
export function packedType(id: string): PackedType | undefined {
  const derived = DERIVED[id];
  const extra = EXTRA[id];
  if (!derived && !extra) return undefined;
  const base = extra?.like === undefined ? undefined : packedType(extra.like);
  const listsFrom = extra?.sublistsLike === undefined ? undefined : packedType(extra.sublistsLike);
  // A type described by a field list of searches only inherits first: its own columns lack what is needed to save.
  const fields = mergeFields(mergeFields(extra?.fields ?? [], base?.fields ?? []), derived?.fields ?? []);
  let sublists = mergeSublists(extra?.sublists ?? {}, derived?.sublists ?? {});
  for (const source of [base, listsFrom]) sublists = mergeSublists(sublists, source?.sublists ?? {});
  return {
    label: extra?.label ?? derived?.label ?? id,
    category: extra?.category ?? derived?.category ?? base?.category ?? 'List',
    refuses: REFUSES[id] ?? derived?.refuses ?? '',
    transforms: [
      ...new Set([...(extra?.transforms ?? []), ...(derived?.transforms ?? []), ...(base?.transforms ?? [])]),
    ],
    fields,
    sublists,
  };
}

export function standardTypeIds(): string[] {
  return [...new Set([...Object.keys(DERIVED), ...Object.keys(EXTRA), 'entity', 'unit', 'workcalendar'])];
}
