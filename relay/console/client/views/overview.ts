import type { View } from '../app';
import { h, replace, sized } from '../dom';
import { age, count } from '../format';
import { STATES } from '../types';
import type { Overview, State } from '../types';
import { createPools } from './pools';
import { createRate } from './rate';

/** What each state means, for people who see it for the first time. */
const MEANING: Readonly<Record<State, string>> = {
  queued: 'waits for its turn, a slot, or a record it needs',
  sending: 'on its way to NetSuite',
  retrying: 'tried again by itself',
  review: 'a person decides; its record waits',
  done: 'applied in NetSuite',
  superseded: 'replaced by a newer one before it was sent',
  dead: 'failed for good; kept for replay',
  cancelled: 'resolved or cancelled by a person',
};

export function createOverview(): View {
  const figures = h('div', { class: 'figures' });
  const strip = h('div', { class: 'strip' });
  const legend = createLegend();
  const rate = createRate();
  const pools = createPools();
  const element = h(
    'div',
    { class: 'overview' },
    figures,
    h('section', { class: 'panel' }, h('h2', {}, 'Where everything accepted stands'), strip, legend.element),
    h('section', { class: 'panel' }, h('h2', {}, 'Settled per second'), rate.element),
    pools.element,
  );
  return {
    element,
    update(overview) {
      replace(figures, ...figureCards(overview));
      replace(strip, ...stripParts(overview));
      legend.update(overview);
      rate.update(overview);
      pools.update(overview);
    },
    settled: () => undefined,
    show: () => undefined,
  };
}

function figureCards(overview: Overview): HTMLElement[] {
  const { byState, accepted, oldestQueuedAt, pools } = overview;
  const open = byState.queued + byState.sending + byState.retrying;
  const failed = byState.review + byState.dead;
  const accounts = pools.filter(({ pool }) => !pool.includes(':'));
  const inUse = accounts.reduce((sum, pool) => sum + pool.inUse, 0);
  const slots = accounts.reduce((sum, pool) => sum + pool.slots, 0);
  const card = (title: string, value: string, note: string, tone = '') =>
    h(
      'div',
      { class: 'figure', 'data-tone': tone },
      h('span', {}, title),
      h('strong', {}, value),
      h('small', {}, note),
    );
  return [
    card('Accepted', count(accepted), `${count(byState.done)} applied`),
    card('Open', count(open), oldestQueuedAt === null ? 'nothing waits' : `oldest waits ${age(oldestQueuedAt)}`),
    card(
      'Needs a person',
      count(failed),
      `${count(byState.review)} in review, ${count(byState.dead)} dead`,
      failed > 0 ? 'warn' : '',
    ),
    card('NetSuite slots in use', `${count(inUse)} of ${count(slots)}`, ...dispatchNote(overview)),
  ];
}

/** What the dispatcher does, and whether that needs somebody's attention. */
function dispatchNote({ dispatching, refusedAccounts }: Overview): [string, string] {
  const [refused] = refusedAccounts;
  if (refused) return [`nothing is sent to ${refused.account}: ${refused.message}. ${refused.remedy}`, 'warn'];
  return dispatching ? ['dispatching', ''] : ['the dispatcher is stopped', 'warn'];
}

function stripParts({ byState }: Overview): HTMLElement[] {
  return STATES.filter((state) => byState[state] > 0).map((state) =>
    sized(h('span', { 'data-state': state, title: `${state}: ${count(byState[state])}` }), byState[state]),
  );
}

/** Its links stay as they are while the counts change, so that they can be pressed. */
function createLegend(): { element: HTMLElement; update: (overview: Overview) => void } {
  const links = STATES.map((state) => h('a', { href: `#operations/${state}` }));
  const sum = h('p', {});
  const rows = STATES.map((state, at) =>
    h(
      'div',
      {},
      h('dt', {}, h('i', { 'data-state': state }), state),
      h('dd', {}, links[at], h('small', {}, MEANING[state])),
    ),
  );
  return {
    element: h('dl', { class: 'legend' }, rows, sum),
    update({ byState, accepted, purged }) {
      STATES.forEach((state, at) => (links[at]!.textContent = count(byState[state])));
      const known = STATES.reduce((total, state) => total + byState[state], purged);
      sum.textContent = `${count(accepted)} accepted = ${count(known)} accounted for${purged > 0 ? ` (${count(purged)} purged after retention)` : ''}`;
      sum.className = accepted === known ? 'sum' : 'sum wrong';
    },
  };
}
