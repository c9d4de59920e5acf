import { fieldStateOf } from './field';
import { formStateOf, type FormState } from './form';
import { listStateOf, type ListState } from './list';
import type { Button, Shelf } from './parts';
import { sublistStateOf } from './sublist';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (value: unknown): string =>
  value === undefined || value === null ? '' : String(value).replace(/[&<>"]/g, (each) => ENTITIES[each]!);

const HIDDEN = new Set(['HIDDEN', 'NODISPLAY']);

type DateText = (value: Date, type: string) => string;

function fieldHtml(field: object, dateText: DateText): string {
  const state = fieldStateOf(field);
  if (!state) return '';
  const { label, defaultValue: given } = field as { label: string; defaultValue: unknown };
  const type = state.type.toUpperCase();
  const defaultValue = given instanceof Date ? dateText(given, type) : given;
  if (type === 'INLINEHTML') return String(defaultValue ?? '');
  const id = escaped(state.id);
  if (HIDDEN.has(state.displayType)) return `<input type="hidden" name="${id}" value="${escaped(defaultValue)}">`;
  return `<label for="${id}">${escaped(label)}</label>${inputHtml(id, type, [...(state.listed?.() ?? []), ...state.options], defaultValue)}`;
}

type Choices = { value: string; text: string; isSelected?: boolean }[];

function inputHtml(id: string, type: string, options: Choices, value: unknown): string {
  if (type === 'SELECT' || type === 'MULTISELECT') {
    const chosen = (option: Choices[number]): string =>
      option.isSelected === true || option.value === String(value ?? '') ? ' selected' : '';
    const items = options.map(
      (each) => `<option value="${escaped(each.value)}"${chosen(each)}>${escaped(each.text)}</option>`,
    );
    return `<select name="${id}"${type === 'MULTISELECT' ? ' multiple' : ''}>${items.join('')}</select>`;
  }
  if (type === 'TEXTAREA' || type === 'LONGTEXT' || type === 'RICHTEXT')
    return `<textarea name="${id}">${escaped(value)}</textarea>`;
  if (type === 'CHECKBOX')
    return `<input type="checkbox" name="${id}" value="T"${value === 'T' || value === true ? ' checked' : ''}>`;
  if (type === 'LABEL' || type === 'HELP') return '';
  return `<input type="${type === 'PASSWORD' ? 'password' : type === 'FILE' ? 'file' : 'text'}" name="${id}" value="${escaped(value)}">`;
}

const row = (cells: string[], tag: 'td' | 'th'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;

function sublistHtml(sublist: object): string {
  const state = sublistStateOf(sublist);
  if (!state) return '';
  const fields = state.fields.all() as { id: string; label: string }[];
  const lines = Array.from({ length: state.lines.count() }, (_each, line) =>
    row(
      fields.map((field) => escaped(state.lines.get(field.id, line))),
      'td',
    ),
  );
  const head = row(
    fields.map((field) => escaped(field.label)),
    'th',
  );
  return `<table id="${escaped(state.id)}"><caption>${escaped((sublist as { label: string }).label)}</caption>${head}${lines.join('')}</table>`;
}

const buttonsHtml = (buttons: Shelf<Button>): string =>
  buttons
    .ids()
    .filter((id) => buttons.get(id)?.isHidden !== true)
    .map((id) => {
      const kind = id === 'submitter' ? 'submit' : id === 'resetter' ? 'reset' : 'button';
      return `<button type="${kind}" id="${escaped(id)}">${escaped(buttons.get(id)?.label)}</button>`;
    })
    .join('');

const formHtml = (state: FormState, dateText: DateText): string =>
  [
    ...state.messages.map(({ title, message }) => `<p role="alert"><b>${escaped(title)}</b> ${escaped(message)}</p>`),
    ...state.links.map(({ title, url }) => `<a href="${escaped(url)}">${escaped(title)}</a>`),
    '<form method="post" enctype="multipart/form-data">',
    ...state.fields.all().map((field) => fieldHtml(field, dateText)),
    ...state.sublists.all().map(sublistHtml),
    buttonsHtml(state.buttons),
    '</form>',
  ].join('\n');

function listHtml(state: ListState): string {
  const head = row(
    state.columns.map(({ label }) => escaped(label)),
    'th',
  );
  const rows = state.rows.map((each) =>
    row(
      state.columns.map(({ id }) => escaped(each[id])),
      'td',
    ),
  );
  return `<table>${head}${rows.join('')}</table>${buttonsHtml(state.buttons)}`;
}

/** A page as plain HTML: its fields, lists and buttons. NetSuite's own layout and client scripts are no part of it. Undefined for anything else. */
export function pageHtml(page: object, dateText: DateText): string | undefined {
  const form = formStateOf(page);
  const list = listStateOf(page);
  const body = form ? formHtml(form, dateText) : list ? listHtml(list) : undefined;
  if (body === undefined) return undefined;
  const title = escaped((page as { title: string }).title);
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head>\n<body><h1>${title}</h1>\n${body}\n</body></html>`;
}
