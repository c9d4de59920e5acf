import { api } from '../api';
import type { View } from '../app';
import { h } from '../dom';
import { STATES } from '../types';
import { createFinder, search, searchQuery, select } from './filters';
import { createList } from './list';

export function createOperations(): View {
  const changed = () => list.reload();
  const state = select('state', STATES, changed);
  const lane = select('lane', ['realtime', 'bulk', 'replay'], changed);
  const word = search(changed);
  const finder = createFinder();
  const list = createList({
    filters: h('div', { class: 'filters' }, word, state, lane),
    query: () => ({ ...searchQuery(word.value), state: state.value, lane: lane.value }),
    read: (query) =>
      finder.read(query, async (one) => {
        const { operations, next } = await api.operations(one);
        return { items: operations, next };
      }),
    nothing: ['No operations here', 'What a CRM sends appears here the moment it is stored.'],
    applyAddress: (rest) => {
      if (STATES.some((known) => known === rest)) state.value = rest;
    },
  });
  return list;
}
