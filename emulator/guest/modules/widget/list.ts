import { invalidTypeArgument, isObject, requireArguments, type Options } from '../arguments';
import { WIDGET_ENUMS } from './enums';
import { createButton, describe, Shelf, type Button } from './parts';

export interface ListState {
  columns: { id: string; label: string }[];
  rows: Options[];
  buttons: Shelf<Button>;
}

const STATES = new WeakMap<object, ListState>();
export const listStateOf = (list: object): ListState | undefined => STATES.get(list);

function createColumn(method: string, state: ListState, options: Options): object {
  requireArguments(method, options, ['id', 'label', 'type']);
  if (!Object.hasOwn(WIDGET_ENUMS.FieldType!(), String(options.type).toUpperCase()))
    throw invalidTypeArgument(String(options.type));
  const column = { label: String(options.label) };
  const chained = (): object => column;
  Object.assign(column, { addParamToURL: chained, setURL: chained });
  describe(column, 'serverWidget.ListColumn');
  state.columns.push({ id: String(options.id), label: column.label });
  return column;
}

/** A row given as plain values or as a search.Result, read column by column. */
function rowOf(state: ListState, row: unknown): Options {
  if (!isObject(row)) throw invalidTypeArgument('row');
  const getValue = row.getValue;
  if (typeof getValue !== 'function') return { ...row };
  return Object.fromEntries(
    state.columns.map(({ id }) => [id, (getValue as (column: object) => unknown).call(row, { name: id })]),
  );
}

/** serverWidget.List (page section_4337887387). */
export function createList(title: string): object {
  const state: ListState = { columns: [], rows: [], buttons: new Shelf() };
  const list = { title, style: 'normal', clientScriptFileId: null, clientScriptModulePath: null };
  Object.assign(list, {
    addColumn: (options: Options) => createColumn('List.addColumn', state, options ?? {}),
    addEditColumn: (options: Options) => {
      requireArguments('List.addEditColumn', options ?? {}, ['column']);
      return createColumn('List.addEditColumn', state, { id: 'edit', label: 'Edit', type: 'TEXT' });
    },
    addButton: (options: Options) => state.buttons.add(options?.id, createButton('List.addButton', options ?? {})),
    addPageLink: (options: Options) => {
      requireArguments('List.addPageLink', options ?? {}, ['title', 'type', 'url']);
      return list;
    },
    addRow: ({ row }: Options) => {
      state.rows.push(rowOf(state, row));
      return list;
    },
    addRows: ({ rows }: Options) => {
      if (!Array.isArray(rows)) throw invalidTypeArgument('rows');
      state.rows.push(...rows.map((row) => rowOf(state, row)));
      return list;
    },
  });
  describe(list, 'serverWidget.List');
  STATES.set(list, state);
  return list;
}
