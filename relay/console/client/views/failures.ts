import { api } from '../api';
import type { View } from '../app';
import { h } from '../dom';
import { plural } from '../format';
import { createFinder, search, searchQuery, select } from './filters';
import { createList } from './list';
import { ask } from './dialog';

const CLASSES = ['data', 'conflict', 'dependency', 'permission', 'configuration', 'transient', 'unknown'] as const;

const wordsOf = (filter: Readonly<Record<string, unknown>>): string => {
  const said = Object.entries(filter).map(([name, value]) => `${name} ${String(value)}`);
  return said.length === 0 ? '' : ` of ${said.join(', ')}`;
};

export function createFailures(): View {
  const changed = () => list.reload();
  const state = select('state', ['review', 'dead'], changed);
  const errorClass = select('class', CLASSES, changed);
  const word = search(changed);
  const finder = createFinder();
  const query = () => ({ ...searchQuery(word.value), state: state.value, class: errorClass.value });
  const all = h('button', { class: 'small', onclick: () => void replayAll() }, 'Replay all that match');
  const replayAll = async () => {
    // As the list shows it now, whatever is chosen while the question stands.
    const filter = Object.fromEntries(Object.entries(finder.found(query())).filter(([, value]) => value !== ''));
    const sure = await ask({
      title: 'Replay',
      text: `This sends every failure${wordsOf(filter)} again, 1,000 at most.`,
      confirm: 'Replay',
    });
    if (sure === null) return;
    try {
      const { replayed } = await api.replayAll(filter);
      all.textContent = `${plural(replayed, 'operation')} replayed`;
    } catch (error) {
      all.textContent = `Not replayed: ${error instanceof Error ? error.message : String(error)}`;
    }
    list.reload();
  };
  const list = createList({
    filters: h('div', { class: 'filters' }, word, state, errorClass, h('span', { class: 'spacer' }), all),
    query,
    read: (given) =>
      finder.read(given, async (one) => {
        const { failures, next } = await api.failures(one);
        return { items: failures, next };
      }),
    nothing: ['No failures', 'Everything that was accepted is applied or on its way.'],
  });
  return list;
}
