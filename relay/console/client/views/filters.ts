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

const asExternalId = ({ crmId, ...rest }: Query): Query =>
  crmId === undefined ? rest : { ...rest, externalId: crmId };

/** Reads what a word finds that has no look of its own: an id of the CRM, or where none is called so, an external id of NetSuite. */
export function createFinder(): {
  read: <T extends { items: readonly unknown[] }>(query: Query, read: (query: Query) => Promise<T>) => Promise<T>;
  /** The query as its records were found last. */
  found: (query: Query) => Query;
} {
  let external = false;
  const found = (query: Query): Query => (external ? asExternalId(query) : query);
  return {
    found,
    async read(query, read) {
      if (query['after'] !== undefined) return read(found(query));
      const page = await read(query);
      external = page.items.length === 0 && query['crmId'] !== undefined;
      return external ? read(found(query)) : page;
    },
  };
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
