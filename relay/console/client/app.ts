import { h, replace } from './dom';
import { count } from './format';
import { goLive } from './live';
import type { Overview } from './types';
import { createDeliveries } from './views/deliveries';
import { createFailures } from './views/failures';
import { createOperations } from './views/operations';
import { createOverview } from './views/overview';

/** One page of the console. */
export interface View {
  element: HTMLElement;
  /** New counts, about twice a second while something moves. */
  update: (overview: Overview) => void;
  /** Operations settled. */
  settled: (ids: readonly string[]) => void;
  /** It comes into sight; `rest` is what stands behind its name in the address. */
  show: (rest: string) => void;
}

const TABS = [
  ['overview', 'Overview'],
  ['operations', 'Operations'],
  ['failures', 'Failures'],
  ['events', 'Events back'],
] as const;

type Tab = (typeof TABS)[number][0];

export function startApp(root: HTMLElement, leave: () => void): void {
  const views: Record<Tab, View> = {
    overview: createOverview(),
    operations: createOperations(),
    failures: createFailures(),
    events: createDeliveries(),
  };
  const badge = h('span', { class: 'badge', hidden: true });
  const tabs = TABS.map(([name, title]) =>
    h('a', { href: `#${name}`, 'data-tab': name }, title, name === 'failures' ? badge : null),
  );
  const status = h('span', { class: 'status', 'data-status': 'connecting', role: 'status' }, 'connecting');
  const stage = h('main');
  let current: Tab = 'overview';
  let last: Overview | null = null;

  const route = () => {
    const [name = '', ...rest] = location.hash.slice(1).split('/');
    current = TABS.some(([tab]) => tab === name) ? (name as Tab) : 'overview';
    for (const tab of tabs) tab.toggleAttribute('aria-current', tab.dataset['tab'] === current);
    const view = views[current];
    replace(stage, view.element);
    if (last) view.update(last);
    view.show(decoded(rest.join('/')));
  };
  const stop = goLive({
    overview: (overview) => {
      last = overview;
      const failed = overview.byState.review + overview.byState.dead;
      badge.hidden = failed === 0;
      badge.textContent = count(failed);
      views[current].update(overview);
    },
    settled: (settled) => views[current].settled(settled.map(({ operationId }) => operationId)),
    status: (state) => {
      status.dataset['status'] = state;
      status.textContent = state;
    },
    refused: () => end(),
  });
  const end = () => {
    stop();
    removeEventListener('hashchange', route);
    leave();
  };
  addEventListener('hashchange', route);
  replace(
    root,
    h(
      'header',
      { class: 'top' },
      h('a', { class: 'brand', href: '#overview' }, h('span', { class: 'mark' }), 'SuiteRelay'),
      h('nav', {}, tabs),
      h('span', { class: 'spacer' }),
      status,
      h('a', { class: 'quiet', href: '/docs', target: '_blank' }, 'API'),
      h('button', { class: 'quiet', onclick: end }, 'Sign out'),
    ),
    stage,
  );
  route();
}

/** An address somebody cut short is no reason for an empty page. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
