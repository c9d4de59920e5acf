import { invalidTypeArgument, isObject, optionsOf, requireArguments, type Options } from '../arguments';
import { createField, fieldStateOf, newFieldState, type FieldState } from './field';
import { createButton, createFieldGroup, createTab, describe, plainButton, Shelf, type Button } from './parts';
import { newSublist, sublistStateOf } from './sublist';

/** What a form shows of a record: its fields and sublists, found by id. */
export interface RecordOnForm {
  field(id: string): FieldState | null;
  sublist(id: string): object | null;
  setValue(id: string, value: unknown): void;
}

export interface FormState {
  fields: Shelf<object>;
  sublists: Shelf<object>;
  buttons: Shelf<Button>;
  tabs: Shelf<object>;
  links: { title: string; url: string }[];
  messages: { title: string; message: string }[];
}

const STATES = new WeakMap<object, FormState>();
export const formStateOf = (form: object): FormState | undefined => STATES.get(form);

type Methods = Record<string, (...args: never[]) => unknown>;

const idOf = (first: unknown): string => String(optionsOf(first, ['id']).id);

function fieldMethods(state: FormState, shown: RecordOnForm | undefined, listOptions: ListOptions): Methods {
  const add = (method: string, options: Options): object => {
    const made = newFieldState(method, options ?? {});
    if (made.source !== undefined) made.listed = () => listOptions(made.source!);
    return state.fields.add(made.id, createField(made));
  };
  const find = (first: unknown): object | null => {
    const id = idOf(first);
    const known = state.fields.get(id);
    if (known) return known;
    const own = shown?.field(id);
    return own ? state.fields.add(id, createField(own)) : null;
  };
  return {
    addField: (options: Options) => add('Form.addField', options),
    addCredentialField: (options: Options) => add('Form.addCredentialField', { ...options, type: 'PASSWORD' }),
    addSecretKeyField: (options: Options) => add('Form.addSecretKeyField', { ...options, type: 'PASSWORD' }),
    getField: find,
    insertField: ({ field, nextfield, isBefore }: Options) => {
      const id = fieldStateOf(field ?? {})?.id;
      if (id === undefined) throw invalidTypeArgument('field');
      if (find(nextfield) === null) throw invalidTypeArgument('nextfield');
      state.fields.move(id, field as object, nextfield, isBefore !== false);
    },
    addFieldGroup: (options: Options) => createFieldGroup('Form.addFieldGroup', options ?? {}),
    updateDefaultValues: (first: Options) => {
      const values = isObject(first?.values) ? first.values : first;
      requireArguments('Form.updateDefaultValues', { values }, ['values']);
      for (const [id, value] of Object.entries(values)) {
        const field = state.fields.get(id) as { defaultValue: unknown } | null;
        if (field) field.defaultValue = value;
        else shown?.setValue(id, value);
      }
    },
  };
}

function listMethods(state: FormState, shown: RecordOnForm | undefined): Methods {
  const tab = (method: string) => (options: Options) =>
    state.tabs.add(options?.id, createTab(`Form.${method}`, options ?? {}));
  const noMove = (): void => undefined;
  return {
    addSublist: (options: Options) => {
      const sublist = newSublist('Form.addSublist', options ?? {});
      return state.sublists.add(options.id, sublist);
    },
    getSublist: (first: unknown) => {
      const id = idOf(first);
      const known = state.sublists.get(id);
      if (known) return known;
      const own = shown?.sublist(id);
      return own ? state.sublists.add(id, own) : null;
    },
    insertSublist: ({ sublist, nextsublist }: Options) => {
      const id = sublistStateOf(sublist ?? {})?.id;
      if (id === undefined) throw invalidTypeArgument('sublist');
      state.sublists.move(id, sublist as object, nextsublist, true);
    },
    addTab: tab('addTab'),
    addSubtab: tab('addSubtab'),
    getTab: (first: unknown) => state.tabs.get(idOf(first)),
    getSubtab: (first: unknown) => state.tabs.get(idOf(first)),
    getTabs: () => state.tabs.ids(),
    insertTab: noMove,
    insertSubtab: noMove,
  };
}

function buttonMethods(state: FormState): Methods {
  return {
    addButton: (options: Options) => state.buttons.add(options?.id, createButton('Form.addButton', options ?? {})),
    addSubmitButton: (options?: Options) =>
      state.buttons.add('submitter', plainButton(String(options?.label ?? 'Save'))),
    addResetButton: (options?: Options) =>
      state.buttons.add('resetter', plainButton(String(options?.label ?? 'Reset'))),
    getButton: (first: unknown) => state.buttons.get(idOf(first)),
    removeButton: (first: unknown) => state.buttons.remove(idOf(first)),
    addPageLink: (options: Options) => {
      requireArguments('Form.addPageLink', options ?? {}, ['title', 'type', 'url']);
      state.links.push({ title: String(options.title), url: String(options.url) });
    },
    addPageInitMessage: (options: Options) => {
      const message = isObject(options?.message) ? options.message : options;
      state.messages.push({ title: String(message?.title ?? ''), message: String(message?.message ?? '') });
    },
  };
}

export type ListOptions = (source: string) => { value: string; text: string }[];

/** serverWidget.Form (page section_4337857840): of a Suitelet, or, with `shown`, the form of a record in beforeLoad. */
export function createForm(title: string, listOptions: ListOptions, shown?: RecordOnForm): object {
  const state: FormState = {
    fields: new Shelf(),
    sublists: new Shelf(),
    buttons: new Shelf(),
    tabs: new Shelf(),
    links: [],
    messages: [],
  };
  const form = { title, clientScriptFileId: null, clientScriptModulePath: null };
  Object.assign(form, fieldMethods(state, shown, listOptions), listMethods(state, shown), buttonMethods(state));
  describe(form, 'serverWidget.Form');
  STATES.set(form, state);
  return form;
}
