import type { FieldMeta, FieldType, Value } from '../../kernel/types';
import { flag, reference, value, type XmlNode } from '../types';
import { SELECT_TYPES } from './select-types';

/** Longest values by field type (Oracle's page on custom field types): free text 300, text area 4,000, long and rich text 1,000,000 and 100,000. */
const LENGTHS: Record<string, number> = {
  TEXT: 300,
  TEXTAREA: 4000,
  CLOBTEXT: 1_000_000,
  RICHTEXT: 100_000,
  EMAIL: 254,
  PHONE: 32,
  URL: 999,
};
/** Free-form types a list edit or submitFields can set by itself; see N/record.submitFields. */
const NOT_INLINE = new Set(['INLINEHTML', 'HELP', 'IMAGE', 'PASSWORD']);

const SDF_TYPES: Record<string, FieldType> = {
  TEXT: 'text',
  TEXTAREA: 'textarea',
  CLOBTEXT: 'clobtext',
  RICHTEXT: 'richtext',
  EMAIL: 'email',
  PHONE: 'phone',
  URL: 'url',
  PASSWORD: 'password',
  INLINEHTML: 'inlinehtml',
  HELP: 'help',
  INTEGER: 'integer',
  FLOAT: 'float',
  CURRENCY: 'currency',
  PERCENT: 'percent',
  CHECKBOX: 'checkbox',
  DATE: 'date',
  DATETIMETZ: 'datetimetz',
  TIMEOFDAY: 'timeofday',
  SELECT: 'select',
  MULTISELECT: 'multiselect',
  IMAGE: 'image',
  DOCUMENT: 'document',
};

/** Field metadata of a custom field of any kind, from its SDF element. */
export function fieldMeta(node: XmlNode, resolve: (text: string) => string): FieldMeta {
  const kind = value(node, 'fieldtype') ?? 'TEXT';
  const type = SDF_TYPES[kind] ?? 'text';
  const meta: FieldMeta = {
    id: node.attrs.scriptid ?? '',
    label: value(node, 'label') ?? node.attrs.scriptid ?? '',
    type,
    custom: true,
  };
  const target = value(node, 'selectrecordtype');
  if (target !== undefined && (type === 'select' || type === 'multiselect')) meta.selectType = selectType(target);
  if (flag(node, 'ismandatory')) meta.required = true;
  if (flag(node, 'isparent')) meta.isParent = true;
  if (!flag(node, 'storevalue', true)) meta.stored = false;
  if (!NOT_INLINE.has(kind)) meta.inlineEditable = true;
  const length = value(node, 'maxlength') ?? LENGTHS[kind];
  if (length !== undefined) meta.maxLength = Number(length);
  const fallback = defaultValue(node, type, resolve);
  if (fallback !== undefined) meta.defaultValue = fallback;
  return meta;
}

export const selectType = (target: string): string =>
  (target.startsWith('[') ? reference(target) : (SELECT_TYPES[target] ?? target)).toLowerCase();

function defaultValue(node: XmlNode, type: FieldType, resolve: (text: string) => string): Value | undefined {
  if (type === 'checkbox')
    return value(node, 'defaultchecked') === undefined ? undefined : flag(node, 'defaultchecked');
  const selection = value(node, 'defaultselection');
  if (selection !== undefined) return resolve(selection);
  const text = value(node, 'defaultvalue');
  if (text === undefined || flag(node, 'isformula')) return undefined;
  return ['integer', 'float', 'currency', 'percent'].includes(type) ? Number(text) : text;
}
