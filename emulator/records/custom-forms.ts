import type { Account, RecordData } from '../kernel/types';

/** Forms are records of type `customform`: `recordtype`, `preferred`, and `mandatory`, the field ids that the form demands. */
export function preferredForm(account: Account, type: string): string | undefined {
  const forms = account.store.list('customform').filter((form) => form.fields.recordtype === type);
  return (forms.find((form) => form.fields.preferred === true) ?? forms[0])?.id ?? undefined;
}

export function formOf(account: Account, record: RecordData): RecordData | undefined {
  const id = record.fields.customform;
  return typeof id === 'string' ? account.store.get('customform', id) : undefined;
}

/** Field ids that the record's form demands beyond what the type always does. */
export function mandatoryOnForm(account: Account, record: RecordData): string[] {
  const listed = formOf(account, record)?.fields.mandatory;
  return Array.isArray(listed) ? listed : [];
}
