import type { DirectRecord, FieldValue } from '../../../contract';
import type { OperationDetail } from '../../store/types';

/** The record that takes an update back, or why there is none. */
export type Undo = { record: DirectRecord } | { refused: string };

/**
 * The update that puts back what an operation found, field by field, each only while NetSuite still holds what that operation wrote.
 * Lines and addresses are refused: their identity may have gone since, and half an undo is none.
 */
export function undoRecord(operation: OperationDetail): Undo {
  const { state, result, changes, recordType, externalId, internalId } = operation;
  if (state !== 'done' || result !== 'updated')
    return { refused: `Only an update that was carried out can be undone; this one is ${result ?? state}.` };
  const parts = changes.filter(({ field }) => /[.[]/.test(field)).map(({ field }) => field);
  if (parts.length > 0)
    return { refused: `It changed lines or addresses (${parts.slice(0, 5).join(', ')}): put them right in NetSuite.` };
  if (changes.length === 0) return { refused: 'It changed no field.' };
  const sent = (operation.body as { fields?: Record<string, Sent> } | null)?.fields ?? {};
  const fields = Object.fromEntries(
    changes.map(({ field, old, new: written }) => [field, backTo(old, written, sent[field])]),
  );
  const key = { externalId, ...(internalId === null ? {} : { internalId }) };
  return { record: { recordType, action: 'update', key, fields, full: false, hop: 0 } };
}

type Sent = Pick<Partial<FieldValue>, 'text' | 'as'>;

/** In the form in which the field was sent: as a day, an instant, a shown text, or plainly. */
function backTo(old: unknown, written: unknown, sent: Sent | undefined): FieldValue {
  const value = sent?.text === undefined ? { value: old ?? null } : { text: typeof old === 'string' ? old : '' };
  const as = sent?.as === undefined ? {} : { as: sent.as };
  return { ...value, ...as, expected: written ?? null, write: 'always' } as FieldValue;
}
