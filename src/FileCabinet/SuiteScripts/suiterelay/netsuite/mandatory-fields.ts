import record from 'N/record';

/** More forms than anybody maps to; each costs one `record.create`. */
const MOST_FORMS = 20;

/**
 * The fields that each form of a type demands, by the form's internal id, as a new record of this role shows them. Forms that the role
 * is not offered can't be seen from here. A type that the role may not create answers nothing: `permissions.missing` says so.
 */
export function mandatoryFields(type: string): Record<string, string[]> {
  try {
    const blank = record.create({ type, isDynamic: true });
    const own = String(blank.getValue({ fieldId: 'customform' }) ?? '');
    const others = formsOf(blank).filter((form) => form !== own);
    const answers = { [own === '' ? 'default' : own]: demandedBy(blank) };
    for (const form of others.slice(0, MOST_FORMS)) {
      const opened = openWith(type, form);
      if (opened !== null) answers[form] = demandedBy(opened);
    }
    return answers;
  } catch {
    return {};
  }
}

function formsOf(blank: record.Record): string[] {
  try {
    const options = blank.getField({ fieldId: 'customform' })?.getSelectOptions({ filter: '', operator: 'contains' });
    return (options ?? []).map((option) => String(option.value)).filter((form) => form !== '');
  } catch {
    // A type without forms to choose from.
    return [];
  }
}

function openWith(type: string, form: string): record.Record | null {
  try {
    return record.create({ type, isDynamic: true, defaultValues: { customform: form } });
  } catch {
    return null;
  }
}

const demandedBy = (opened: record.Record): string[] =>
  opened.getFields().filter((fieldId) => opened.getField({ fieldId })?.isMandatory === true);

/**
 * Whether this role is offered a form for new records of the type. A form's internal id must be among those offered; a script id is not
 * shown there, so a record is opened with it.
 */
export function openForm(type: string, form: string): boolean {
  if (!/^-?\d+$/.test(form)) return openWith(type, form) !== null;
  const blank = openWith(type, form);
  return blank !== null && formsOf(blank).includes(form);
}
