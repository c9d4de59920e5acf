import { isObject, readOnly, requireArguments, type Options } from '../arguments';
import { WIDGET_ENUMS } from './enums';
import { invalidTypeArgument } from '../arguments';
import { describe } from './parts';

export interface SelectOption {
  value: string;
  text: string;
  isSelected?: boolean;
}

/** What a field of a page is; `read` and `write` bind its value to a record where the page shows one. */
export interface FieldState {
  id: string;
  type: string;
  label: string;
  source?: string;
  displayType: string;
  layoutType: string;
  breakType: string;
  help: string;
  options: SelectOption[];
  value: unknown;
  read?: () => unknown;
  write?: (value: unknown) => void;
  /** Options that the account answers: those of the source list or of the record's own field. */
  listed?: () => SelectOption[];
}

const STATES = new WeakMap<object, FieldState>();
export const fieldStateOf = (field: object): FieldState | undefined => STATES.get(field);

const NO_LABEL = new Set(['INLINEHTML', 'HELP', 'LABEL']);

export function newFieldState(method: string, options: Options): FieldState {
  requireArguments(method, options, ['id', 'type']);
  const type = String(options.type).toUpperCase();
  if (!Object.hasOwn(WIDGET_ENUMS.FieldType!(), type)) throw invalidTypeArgument(String(options.type));
  if (!NO_LABEL.has(type)) requireArguments(method, options, ['label']);
  return {
    id: String(options.id),
    type: String(options.type),
    label: options.label === undefined || options.label === null ? '' : String(options.label),
    ...(typeof options.source === 'string' || typeof options.source === 'number'
      ? { source: String(options.source) }
      : {}),
    displayType: 'NORMAL',
    layoutType: 'NORMAL',
    breakType: 'NONE',
    help: '',
    options: [],
    value: undefined,
  };
}

function update(field: object, state: FieldState, key: 'displayType' | 'layoutType' | 'breakType', enumName: string) {
  return (options: Options): object => {
    requireArguments(`Field.update${key[0]!.toUpperCase()}${key.slice(1)}`, options ?? {}, [key]);
    const given = String(options[key]).toUpperCase();
    if (!Object.hasOwn(WIDGET_ENUMS[enumName]!(), given)) throw invalidTypeArgument(String(options[key]));
    state[key] = given;
    return field;
  };
}

const MATCHES: Record<string, (text: string, filter: string) => boolean> = {
  contains: (text, filter) => text.includes(filter),
  is: (text, filter) => text === filter,
  startswith: (text, filter) => text.startsWith(filter),
};

function selectOptions(state: FieldState, options: Options | undefined): { value: string; text: string }[] {
  const all = [...(state.listed?.() ?? []), ...state.options].map(({ value, text }) => ({ value, text }));
  if (typeof options?.filter !== 'string') return all;
  const matches = MATCHES[String(options.filteroperator ?? 'contains')];
  if (!matches) throw invalidTypeArgument(String(options.filteroperator));
  return all.filter(({ text }) => matches(text.toLowerCase(), (options.filter as string).toLowerCase()));
}

/** serverWidget.Field (page section_4311877570): every setter answers the field itself. */
export function createField(state: FieldState): object {
  const field: Record<string, unknown> = {
    label: state.label,
    alias: state.id,
    isMandatory: false,
    linkText: '',
    maxLength: 0,
    padding: 0,
    richTextHeight: 0,
    richTextWidth: 0,
  };
  readOnly(field, 'serverWidget.Field', { id: () => state.id, type: () => state.type, helpText: () => state.help });
  Object.defineProperty(field, 'defaultValue', {
    enumerable: true,
    get: () => (state.read ? state.read() : state.value),
    set: (value: unknown) => {
      state.value = value;
      state.write?.(value);
    },
  });
  Object.assign(field, {
    updateDisplayType: update(field, state, 'displayType', 'FieldDisplayType'),
    updateLayoutType: update(field, state, 'layoutType', 'FieldLayoutType'),
    updateBreakType: update(field, state, 'breakType', 'FieldBreakType'),
    updateDisplaySize: (options: Options) => {
      requireArguments('Field.updateDisplaySize', options ?? {}, ['height', 'width']);
      return field;
    },
    setHelpText: (first: unknown) => {
      const options = isObject(first) ? first : { help: first };
      requireArguments('Field.setHelpText', options, ['help']);
      state.help = String(options.help);
      return field;
    },
    addSelectOption: (options: Options) => {
      if (options?.value === undefined || options.value === null)
        requireArguments('Field.addSelectOption', {}, ['value']);
      const text = String(options.text ?? '');
      state.options.push({ value: String(options.value), text, isSelected: options.isSelected === true });
    },
    getSelectOptions: (options?: Options) => selectOptions(state, options),
  });
  describe(field, 'serverWidget.Field');
  STATES.set(field, state);
  return field;
}
