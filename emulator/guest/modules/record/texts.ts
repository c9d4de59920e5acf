import type { Guest } from '../../types';
import type { Value } from './data';
import type { FieldInfo } from './meta';

/** Names of select values. Asked of the account once an execution and value; costs no units, as all getters. */
export class Texts {
  private readonly guest: Guest;
  private readonly known = new Map<string, string>();

  constructor(guest: Guest) {
    this.guest = guest;
  }

  /** `entity`: whose address book an address is in. */
  textOf(field: FieldInfo, value: Value | undefined, entity?: Value): string | string[] {
    if (field.type === 'multiselect') return (Array.isArray(value) ? value : []).map((one) => this.one(field, one));
    return value === undefined || value === null || value === '' ? '' : this.one(field, String(value), entity);
  }

  /** The id behind a text, or undefined when the list has no such entry. */
  idOf(field: FieldInfo, text: string): string | undefined {
    return this.guest.syscall<string | null>('record.findText', { selectType: field.selectType, text }) ?? undefined;
  }

  private one(field: FieldInfo, value: string, entity?: Value): string {
    const owner = field.selectType.startsWith('address:') ? { entity } : {};
    const key = `${field.selectType}\n${value}\n${String(owner.entity)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const text = this.guest.syscall<string>('record.textOf', { selectType: field.selectType, value, ...owner });
    this.known.set(key, text);
    return text;
  }
}
