import { STAMP_NAMES } from '../../../../../contract/stamps';
import { stampFields } from '../upsert/stamps';

/**
 * Stamp fields to clear on a record that is being created: Make Copy and transforms inherit custom fields, and a copy that carried
 * the stamp of its source would answer to the source's CRM record. A stamp that names the record's own external id was just set by an
 * operation and stays. Line keys stay too: fulfilments and invoices need them.
 */
export function inheritedStamps(recordType: string, read: (fieldId: string) => unknown): string[] {
  const field = stampFields(recordType);
  if (field === null) return [];
  const text = (fieldId: string): string => {
    const value = read(fieldId);
    return typeof value === 'string' ? value.toUpperCase() : '';
  };
  const key = text(field('key'));
  if (key !== '' && key === text('externalid')) return [];
  return STAMP_NAMES.map(field).filter((fieldId) => text(fieldId) !== '');
}
