import { api } from '../api';
import { h, replace } from '../dom';
import { duration, moment, shown } from '../format';
import type { OperationDetail } from '../types';
import { actionButtons } from './actions';
import { code, stateTag } from './parts';

let opened: (() => void) | null = null;

/** Opens an operation beside the list: what it is, why it failed, every attempt, what NetSuite changed. */
export function openDetail(id: string, changed: () => void): void {
  opened?.();
  const body = h('div', { class: 'drawer-body' }, h('p', { class: 'soft' }, 'Loading …'));
  const drawer = h(
    'aside',
    { class: 'drawer', 'aria-label': 'Operation' },
    h('button', { class: 'close', 'aria-label': 'Close', onclick: () => close() }, '×'),
    body,
  );
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !document.querySelector('dialog[open]')) close();
  };
  const close = () => {
    drawer.remove();
    removeEventListener('keydown', onKey);
    opened = null;
  };
  const load = async () => {
    try {
      const operation = await api.detail(id);
      replace(
        body,
        ...sections(operation, () => {
          changed();
          void load();
        }),
      );
    } catch (error) {
      replace(body, h('p', { class: 'problem' }, error instanceof Error ? error.message : String(error)));
    }
  };
  addEventListener('keydown', onKey);
  opened = close;
  document.body.append(drawer);
  void load();
}

function sections(operation: OperationDetail, changed: () => void): (HTMLElement | null)[] {
  return [
    head(operation),
    errorBox(operation, changed),
    facts(operation),
    changes(operation),
    skipped(operation),
    warnings(operation),
    attempts(operation),
    history(operation),
    payload(operation),
  ];
}

const head = ({ state, result, recordType, externalId, internalId }: OperationDetail) =>
  h(
    'header',
    {},
    stateTag(state, result),
    h('h2', {}, `${recordType} `, code(externalId)),
    internalId ? h('p', { class: 'soft' }, `NetSuite id ${internalId}`) : null,
  );

function errorBox(operation: OperationDetail, changed: () => void): HTMLElement {
  const { error } = operation;
  return h(
    'section',
    { class: error ? 'error-box' : '' },
    error
      ? h(
          'strong',
          {},
          error.code,
          h('span', { class: 'soft' }, ` ${error.class}${error.field ? ` · ${error.field}` : ''}`),
        )
      : null,
    error ? h('p', { dir: 'auto' }, error.message) : null,
    error ? h('p', { class: 'remedy' }, error.action) : null,
    actionButtons(operation, changed),
  );
}

function facts(operation: OperationDetail): HTMLElement {
  const rows: [string, string | undefined | null][] = [
    ['Operation', operation.operationId],
    ['Request', operation.requestId],
    ['Source', `${operation.source} · ${operation.object}${operation.flow ? ` · ${operation.flow}` : ''}`],
    ['CRM id', operation.crmId],
    ['Version', operation.version],
    ['Trace', operation.traceId],
    ['Lane', operation.lane],
    ['Waits for', operation.waitsFor],
    ['Waits behind', ahead(operation)],
    ['Missing', operation.missing?.join(', ')],
    ['Next attempt', operation.nextAttemptAt ? moment(operation.nextAttemptAt) : undefined],
    ['Accepted', moment(operation.createdAt)],
    ['Last change', moment(operation.updatedAt)],
  ];
  const given = rows.filter((row): row is [string, string] => Boolean(row[1]));
  return h(
    'dl',
    { class: 'facts' },
    given.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

const ahead = ({ behind }: OperationDetail): string | undefined =>
  behind &&
  `${behind.operationId}, ${behind.state}${behind.error ? ` (${behind.error.code}: ${behind.error.message})` : ''}`;

function changes({ changes: list }: OperationDetail): HTMLElement | null {
  if (list.length === 0) return null;
  const rows = list.map((change) =>
    h(
      'tr',
      {},
      h('td', {}, code(change.field)),
      h('td', { class: 'old' }, shown(change.old)),
      h('td', { class: 'new' }, shown(change.new)),
    ),
  );
  return h('section', {}, h('h3', {}, 'Changed in NetSuite'), h('table', { class: 'diff' }, h('tbody', {}, rows)));
}

function skipped({ skipped: list }: OperationDetail): HTMLElement | null {
  if (list.length === 0) return null;
  return h(
    'section',
    {},
    h('h3', {}, 'Left alone'),
    h(
      'ul',
      {},
      list.map(({ field, reason }) => h('li', {}, code(field), ` ${reason}`)),
    ),
  );
}

function warnings({ warnings: list }: OperationDetail): HTMLElement | null {
  if (list.length === 0) return null;
  return h(
    'section',
    {},
    h('h3', {}, 'Warnings'),
    h(
      'ul',
      {},
      list.map(({ code: name, message }) => h('li', {}, h('strong', {}, name), ` ${message}`)),
    ),
  );
}

function attempts({ attempts: list }: OperationDetail): HTMLElement | null {
  if (list.length === 0) return null;
  const headings = ['When', 'Answer', 'Took', 'Units', 'Slot', 'Batch'];
  const rows = list.map((attempt) =>
    h(
      'tr',
      {},
      h('td', {}, moment(attempt.at)),
      h('td', {}, `${attempt.status ?? 'none'}${attempt.code ? ` ${attempt.code}` : ''}`),
      h('td', { class: 'number' }, attempt.ms === null ? '' : duration(attempt.ms)),
      h('td', { class: 'number' }, attempt.units === null ? '' : Math.round(attempt.units * 10) / 10),
      h('td', { class: 'number' }, attempt.slot),
      h('td', {}, code(attempt.batchId)),
    ),
  );
  return h(
    'section',
    {},
    h('h3', {}, 'Attempts'),
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          headings.map((heading) => h('th', { scope: 'col' }, heading)),
        ),
      ),
      h('tbody', {}, rows),
    ),
  );
}

function history({ history: list }: OperationDetail): HTMLElement | null {
  if (list.length === 0) return null;
  const rows = list.map(({ at, kind, actor, detail }) =>
    h(
      'li',
      {},
      h('time', {}, moment(at)),
      ` ${kind}`,
      actor ? h('span', { class: 'soft' }, ` by ${actor}`) : null,
      detail == null ? null : h('span', { class: 'soft' }, ` ${shown(detail)}`),
    ),
  );
  return h('section', {}, h('h3', {}, 'History'), h('ol', { class: 'history' }, rows));
}

const payload = ({ payload: body }: OperationDetail): HTMLElement =>
  h('details', {}, h('summary', {}, 'Payload'), h('pre', {}, JSON.stringify(body, null, 2)));
