import { api } from '../api';
import type { View } from '../app';
import { h } from '../dom';
import { STATES } from '../types';
import { createFinder, search, searchQuery, select } from './filters';
import { createList } from './list';

/** Changes of NetSuite on their way to the CRMs. */
export function createDeliveries(): View {
  const changed = () => list.reload();
  const target = h('select', { 'aria-label': 'target', onchange: changed });
  const state = select('state', STATES, changed);
  const word = search(changed);
  const finder = createFinder();
  const list = createList({
    filters: h('div', { class: 'filters' }, word, target, state),
    query: () => ({ ...searchQuery(word.value), account: target.value, state: state.value }),
    read: async (query) => {
      if (target.value === '') return { items: [], next: null };
      return finder.read(query, async (one) => {
        const { operations, next } = await api.operations(one);
        return { items: operations, next };
      });
    },
    nothing: ['Nothing has come back yet', 'Changes made in NetSuite appear here on their way to the CRM.'],
    update: (overview) => {
      const names = overview.pools.map(({ pool }) => pool).filter((pool) => pool.startsWith('out:'));
      const known = [...target.options].map(({ value }) => value);
      if (names.join() === known.join()) return;
      const before = target.value;
      target.replaceChildren(...names.map((name) => h('option', { value: name }, `to ${name.slice('out:'.length)}`)));
      target.value = names.includes(before) ? before : (names[0] ?? '');
      list.reload();
    },
  });
  return list;
}
