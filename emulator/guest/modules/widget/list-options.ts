import type { Guest } from '../../types';

const MOST = 1000;

/** Values of a field whose `source` names a record type or list; a list of over 1,000 gives none, as on the page (section_4311877570). */
export function listOptionsOf(guest: Guest, source: string): { value: string; text: string }[] {
  const found = guest.syscall<{ value: string; text: string }[]>('record.options', {
    selectType: source,
    filter: '',
    operator: 'contains',
    most: MOST + 1,
  });
  return found.length > MOST ? [] : found;
}
