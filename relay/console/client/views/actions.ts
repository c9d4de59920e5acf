import { api } from '../api';
import { h } from '../dom';
import type { OperationDetail } from '../types';
import { ask } from './dialog';

/** What a person may do with an operation in its state. */
export function actionButtons(operation: OperationDetail, changed: () => void): HTMLElement | null {
  const { operationId: id, state } = operation;
  const problem = h('p', { class: 'problem', role: 'alert' });
  const act = (run: () => Promise<unknown>) => () =>
    void (async () => {
      try {
        if ((await run()) !== LEFT) changed();
      } catch (error) {
        problem.textContent = error instanceof Error ? error.message : String(error);
      }
    })();
  const failed = state === 'review' || state === 'dead';
  const buttons = [
    failed || state === 'retrying'
      ? h('button', { class: 'primary', onclick: act(() => api.replay(id)) }, 'Replay')
      : null,
    failed ? h('button', { onclick: act(() => edit(operation)) }, 'Edit and replay') : null,
    failed && !operation.account.includes(':') ? h('button', { onclick: act(() => link(id)) }, 'Link') : null,
    failed ? h('button', { onclick: act(() => resolve(id)) }, 'Resolve') : null,
    state === 'review' ? h('button', { onclick: act(() => skip(id)) }, 'Skip') : null,
    state === 'queued' || state === 'retrying' ? h('button', { onclick: act(() => cancel(id)) }, 'Cancel') : null,
  ].filter((button) => button !== null);
  return buttons.length === 0 ? null : h('div', {}, h('div', { class: 'buttons' }, buttons), problem);
}

/** The person left the dialog. */
const LEFT = Symbol('left');

async function edit({ operationId, payload }: OperationDetail): Promise<unknown> {
  let text =
    'Change what is written; null clears a field. Which record it is (record type, external id) stays as it is.';
  let value = JSON.stringify(payload, null, 2);
  for (;;) {
    const field = { label: 'Payload', value, rows: 24, required: true };
    const after = await ask({ title: 'Edit and replay', text, confirm: 'Replay', field });
    if (after === null) return LEFT;
    try {
      return await api.replay(operationId, JSON.parse(after));
    } catch (error) {
      // What was typed is not lost with a slip in it.
      text = error instanceof Error ? error.message : String(error);
      value = after;
    }
  }
}

async function link(id: string): Promise<unknown> {
  const internalId = await ask({
    title: 'Link',
    text: 'The operation is sent again to the NetSuite record you name.',
    confirm: 'Link and replay',
    field: { label: 'Internal id in NetSuite', required: true },
  });
  return internalId === null ? LEFT : api.link(id, internalId.trim());
}

async function resolve(id: string): Promise<unknown> {
  const note = await ask({
    title: 'Resolve',
    text: 'It was handled elsewhere: nothing is sent, and later changes of the record go on.',
    confirm: 'Resolve',
    field: { label: 'How was it handled?', required: true },
  });
  return note === null ? LEFT : api.resolve(id, note);
}

async function skip(id: string): Promise<unknown> {
  const note = await ask({
    title: 'Skip',
    text: 'This change is given up; later changes of the record go on.',
    confirm: 'Skip',
    field: { label: 'Note (optional)' },
  });
  return note === null ? LEFT : api.skip(id, note);
}

async function cancel(id: string): Promise<unknown> {
  const sure = await ask({
    title: 'Cancel',
    text: 'The operation is not sent. Later changes of the record go on.',
    confirm: 'Cancel it',
  });
  return sure === null ? LEFT : api.cancel(id);
}
