import type { PropertySchema } from './portal-schema';

export type NewProperty = Partial<PropertySchema> & { name: string };

/** Which fields a type can be shown by (CRM properties guide, "Property type and fieldType values"). */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  string: ['text', 'textarea', 'file', 'html', 'phonenumber', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox', 'calculation_equation'],
  bool: ['booleancheckbox', 'calculation_equation'],
};
/** Types whose values can be unique. */
const UNIQUE = new Set(['string', 'number']);
const MOST_NAME = 100;

/** Why a portal refuses the definition of a property; null when it takes it. */
export function judgeProperty(given: NewProperty, groups: readonly string[]): string | null {
  const { name, label, groupName, type = '', fieldType = '', options = [], hasUniqueValue } = given;
  if (!/^[a-z][a-z0-9_]*$/.test(name) || name.length > MOST_NAME || name.startsWith('hs_'))
    return 'a name is of small letters, digits and _, begins with a letter, and not with hs_';
  if (!label) return 'label is required';
  if (groupName === undefined || !groups.includes(groupName)) return `Property group ${groupName ?? ''} does not exist`;
  if (!FIELDS[type]) return `${type} is no type of a property`;
  if (!FIELDS[type].includes(fieldType)) return `a property of the type ${type} can't be shown as ${fieldType}`;
  if (hasUniqueValue === true && !UNIQUE.has(type)) return `a property of the type ${type} can't be unique`;
  const values = options.map(({ value }) => value);
  if (new Set(values).size < values.length || options.some((one) => !one.label))
    return 'options need labels and different values';
  if (type === 'bool' && [...values].sort().join() !== 'false,true') return 'a bool has the options true and false';
  if (type === 'enumeration' && values.length === 0) return 'an enumeration needs options';
  return null;
}
