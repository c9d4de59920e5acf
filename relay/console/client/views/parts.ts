import { h } from '../dom';
import { moment } from '../format';
import type { Operation, State } from '../types';

/** A state as a coloured word. */
export const stateTag = (state: State, result?: string): HTMLElement =>
  h('span', { class: 'tag', 'data-state': state }, result === undefined ? state : `${state} · ${result}`);

/** Something that can be copied: ids and codes. */
export const code = (text: string): HTMLElement => h('code', { title: text }, text);

export const empty = (title: string, more: string): HTMLElement =>
  h('div', { class: 'empty' }, h('strong', {}, title), h('p', {}, more));

const HEADINGS = ['State', 'Record', 'NetSuite id', 'From', 'CRM id', 'Tries', 'Why', 'Changed'] as const;

/** Operations as a table whose rows open them. */
export function operationTable(operations: readonly Operation[], open: (operation: Operation) => void): HTMLElement {
  return h(
    'table',
    { class: 'list' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        HEADINGS.map((heading) => h('th', { scope: 'col' }, heading)),
      ),
    ),
    h(
      'tbody',
      {},
      operations.map((operation) => operationRow(operation, open)),
    ),
  );
}

function operationRow(operation: Operation, open: (operation: Operation) => void): HTMLElement {
  const {
    state,
    result,
    recordType,
    externalId,
    internalId,
    source,
    object,
    crmId,
    attemptCount,
    error,
    waitsFor,
    updatedAt,
  } = operation;
  return h(
    'tr',
    {
      tabindex: 0,
      'data-id': operation.operationId,
      onclick: () => open(operation),
      onkeydown: (event) => {
        if ((event as KeyboardEvent).key === 'Enter') open(operation);
      },
    },
    h('td', {}, stateTag(state, result)),
    h('td', {}, h('span', { class: 'soft' }, recordType), ' ', code(externalId)),
    h('td', { class: 'number' }, internalId ?? ''),
    h('td', {}, `${source} · ${object}`),
    h('td', {}, crmId === null ? '' : code(crmId)),
    h('td', { class: 'number' }, attemptCount),
    h(
      'td',
      { class: 'why' },
      error ? `${error.code}: ${error.message}` : state === 'done' || !waitsFor ? '' : `waits for ${waitsFor}`,
    ),
    h('td', { class: 'time' }, moment(updatedAt)),
  );
}
