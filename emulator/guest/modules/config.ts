import { missingArgument, unsupported } from '../errors';
import type { Json, ModuleFactory } from '../types';
import { optionsOf, requireArguments } from './arguments';

const TYPES = Object.freeze({
  USER_PREFERENCES: 'userpreferences',
  COMPANY_INFORMATION: 'companyinformation',
  COMPANY_PREFERENCES: 'companypreferences',
  ACCOUNTING_PREFERENCES: 'accountingpreferences',
  ACCOUNTING_PERIODS: 'accountingperiods',
  TAX_PERIODS: 'taxperiods',
  FEATURES: 'companyfeatures',
  MANUFACTURING_PREFERENCES: 'manufacturingpreferences',
  TIME_POST: 'timepost',
  TIME_VOID: 'timevoid',
});

/** Preferences that change what the account does, so that scripts may set them. */
const SETTABLE: Record<string, readonly string[]> = { accountingpreferences: ['REVERSALVOIDING'] };

/** N/config (page section_4259186442): pages can be read; a field the account does not model throws by name (setting `configuration` adds some). */
export const createConfigModule: ModuleFactory = (guest) => ({
  Type: TYPES,
  load(first: unknown): object {
    const { type } = optionsOf(first, ['type']);
    if (type === undefined || type === null || type === '') throw missingArgument('config.load', 'type');
    const page = String(type);
    const values = guest.syscall<Record<string, Json>>('config.load', { type: page });
    return configPage(page, values, () =>
      guest.syscall('config.save', { type: page, values: settableOf(page, values) }),
    );
  },
});

function settableOf(type: string, values: Record<string, Json>): Record<string, Json> {
  const ids = (SETTABLE[type] ?? []).filter((id) => values[id] !== undefined);
  return Object.fromEntries(ids.map((id) => [id, values[id]!]));
}

function configPage(type: string, values: Record<string, Json>, save: () => void): object {
  const read = (method: string, first: unknown): unknown => {
    const options = optionsOf(first, ['fieldId']);
    requireArguments(`Record.${method}`, options, ['fieldId']);
    const id = String(options.fieldId);
    if (!Object.hasOwn(values, id)) throw unsupported(`The field ${id} of the configuration page ${type}`);
    return values[id];
  };
  const refuse = (method: string) => () => {
    throw unsupported(`Record.${method} of a configuration page`);
  };
  return {
    type,
    id: null,
    getValue: (first: unknown) => read('getValue', first),
    getText: (first: unknown) => String(read('getText', first) ?? ''),
    getFields: () => Object.keys(values),
    setValue(first: unknown, second?: unknown): object {
      const options = optionsOf(first, ['fieldId', 'value'], [second]);
      const id = String(options.fieldId);
      if (!SETTABLE[type]?.includes(id)) return refuse('setValue')();
      values[id] = options.value === true || options.value === 'T';
      return this;
    },
    setText: refuse('setText'),
    getSubrecord: refuse('getSubrecord'),
    getLineCount: refuse('getLineCount'),
    save: SETTABLE[type] ? save : refuse('save'),
    toString: () => type,
    toJSON: () => ({ id: null, type, fields: values }),
  };
}
