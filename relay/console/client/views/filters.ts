import { h } from '../dom';
import type { Query } from '../api';

/** What a search word may be, by its look: a trace, a NetSuite id, an id of ours, an external id, else a CRM's id. */
export function searchQuery(word: string): Query {
  const text = word.trim();
  if (text === '') return {};
  if (/^[0-9a-f]{32}$/.test(text)) return { traceId: text };
  if (/^req_/.test(text)) return { requestId: text };
  if (/^(SF|HS)_[A-Z0-9]+_/i.test(text)) return { externalId: text };
  if (/^#\d+$/.test(text)) return { nsId: text.slice(1) };
  return { crmId: text };
}

export function select(label: string, choices: readonly string[], changed: () => void): HTMLSelectElement {
  return h(
    'select',
    { 'aria-label': label, onchange: changed },
    h('option', { value: '' }, `any ${label}`),
    choices.map((choice) => h('option', { value: choice }, choice)),
  );
}

export function search(changed: () => void): HTMLInputElement {
  let timer: number | undefined;
  return h('input', {
    type: 'search',
    'aria-label': 'Search',
    placeholder: 'CRM id, external id, #NetSuite id, trace, req_…',
    oninput: () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(changed, 250);
    },
  });
}
