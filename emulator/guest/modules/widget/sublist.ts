import { invalidTypeArgument, optionsOf, readOnly, requireArguments, type Options } from '../arguments';
import { WIDGET_ENUMS } from './enums';
import { createField, fieldStateOf, newFieldState } from './field';
import { createButton, describe, plainButton, Shelf, type Button } from './parts';

/** Lines of a sublist: a page's own, or those of the record that the page shows. */
export interface LineSource {
  count(): number;
  get(field: string, line: number): unknown;
  set(field: string, line: number, value: unknown): void;
  /** A column of the record's own sublist. */
  column?(field: string): object | null;
}

/** What a page keeps of its lines, as text. */
function ownLines(): LineSource {
  const lines: Record<string, string>[] = [];
  return {
    count: () => lines.length,
    get: (field, line) => lines[line]?.[field] ?? null,
    set: (field, line, value) => {
      while (lines.length <= line) lines.push({});
      lines[line]![field] = String(value);
    },
  };
}

export interface SublistState {
  id: string;
  type: string;
  fields: Shelf<object>;
  buttons: Shelf<Button>;
  lines: LineSource;
}

const STATES = new WeakMap<object, SublistState>();
export const sublistStateOf = (sublist: object): SublistState | undefined => STATES.get(sublist);

export function newSublist(method: string, options: Options): object {
  requireArguments(method, options, ['id', 'label', 'type']);
  const type = String(options.type).toUpperCase();
  if (!Object.hasOwn(WIDGET_ENUMS.SublistType!(), type)) throw invalidTypeArgument(String(options.type));
  return createSublist(String(options.id), type, String(options.label), ownLines());
}

/** serverWidget.Sublist (page section_4339110480). Values of its lines are text. */
export function createSublist(id: string, type: string, label: string, lines: LineSource): object {
  const state: SublistState = { id, type, fields: new Shelf(), buttons: new Shelf(), lines };
  const sublist: Record<string, unknown> = { label, helpText: '', displayType: 'NORMAL' };
  readOnly(sublist, 'serverWidget.Sublist', { lineCount: () => lines.count() });
  const chained =
    (method: string) =>
    (options: Options): object => {
      requireArguments(`Sublist.${method}`, options ?? {}, ['id']);
      return sublist;
    };
  Object.assign(sublist, {
    addField: (options: Options) => {
      const field = createField(newFieldState('Sublist.addField', options ?? {}));
      return state.fields.add(options.id, field);
    },
    getField: (first: unknown) => {
      const options = optionsOf(first, ['id']);
      return state.fields.get(options.id) ?? lines.column?.(String(options.id)) ?? null;
    },
    insertField: ({ field, nextfield, isBefore }: Options) => {
      const id = fieldStateOf(field ?? {})?.id;
      if (id === undefined) throw invalidTypeArgument('field');
      state.fields.move(id, field as object, nextfield, isBefore !== false);
    },
    addButton: (options: Options) => state.buttons.add(options?.id, createButton('Sublist.addButton', options ?? {})),
    addMarkAllButtons: () => ['Mark All', 'Unmark All'].map((name) => state.buttons.add(name, plainButton(name))),
    addRefreshButton: () => state.buttons.add('refresh', plainButton('Refresh')),
    getSublistValue: (options: Options) => {
      requireArguments('Sublist.getSublistValue', options ?? {}, ['id', 'line']);
      return lines.get(String(options.id), Number(options.line));
    },
    setSublistValue: (options: Options) => {
      requireArguments('Sublist.setSublistValue', options ?? {}, ['id', 'line', 'value']);
      lines.set(String(options.id), Number(options.line), options.value);
    },
    updateTotallingFieldId: chained('updateTotallingFieldId'),
    updateUniqueFieldId: chained('updateUniqueFieldId'),
  });
  describe(sublist, 'serverWidget.Sublist');
  STATES.set(sublist, state);
  return sublist;
}
