import type { FieldSchema } from './org-schema';

export interface RowError {
  statusCode: string;
  message: string;
  fields: string[];
}

/** A body that can't be read as the field's type: Salesforce refuses the whole call then. */
export class UnreadableValue extends Error {}

const NUMBERS = new Set(['double', 'currency', 'percent', 'int']);

/** What Salesforce says of a value for a field; null when it takes it. */
export function checkValue(object: string, field: FieldSchema, value: unknown): RowError | null {
  const refuse = (statusCode: string, message: string): RowError => ({ statusCode, message, fields: [field.name] });
  if (field.readOnly) {
    return refuse(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    );
  }
  if (value === null || value === '') {
    return field.required ? refuse('REQUIRED_FIELD_MISSING', `Required fields are missing: [${field.name}]`) : null;
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const unreadable = (type: string): UnreadableValue =>
    new UnreadableValue(`Cannot deserialize instance of ${type} from VALUE_STRING value ${text}`);
  if (NUMBERS.has(field.type)) {
    if (text.trim() === '' || !Number.isFinite(Number(text))) throw unreadable(field.type);
    return Math.abs(Number(text)) >= 1e18
      ? refuse('NUMBER_OUTSIDE_VALID_RANGE', `${object}: value outside range`)
      : null;
  }
  if (field.type === 'boolean' && text !== 'true' && text !== 'false') throw unreadable('boolean');
  if (field.type === 'date' && !/^\d{4}-\d\d-\d\d/.test(text)) throw unreadable('date');
  if (field.type === 'datetime' && Number.isNaN(Date.parse(text))) throw unreadable('datetime');
  if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    return refuse('INVALID_EMAIL_ADDRESS', `${field.name}: invalid email address: ${text}`);
  }
  if (field.values !== null && !field.values.includes(text)) {
    return refuse(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${field.name}: bad value for restricted picklist field: ${text}`,
    );
  }
  if (field.length > 0 && [...text].length > field.length) {
    return refuse(
      'STRING_TOO_LONG',
      `${field.name}: data value too large: ${text.slice(0, 40)} (max length=${field.length})`,
    );
  }
  return null;
}

/** The value as the org keeps it. */
export function storedValue({ type }: FieldSchema, value: unknown): unknown {
  if (value === '' || value === null) return null;
  if (NUMBERS.has(type)) return Number(value);
  if (type === 'boolean') return value === true || value === 'true';
  if (type === 'datetime') return new Date(value as string).toISOString().replace('Z', '+0000');
  return value;
}
