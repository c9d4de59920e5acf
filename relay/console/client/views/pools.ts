import { api } from '../api';
import { h, replace } from '../dom';
import { count, duration } from '../format';
import type { Overview, Pool } from '../types';

interface Card {
  element: HTMLElement;
  update: (pool: Pool, overview: Overview) => void;
}

/** A card per pool: accounts of NetSuite first, then the ways to and from CRMs. */
export function createPools(): { element: HTMLElement; update: (overview: Overview) => void } {
  const element = h('div', { class: 'pools' });
  const cards = new Map<string, Card>();
  let shown = '';
  const refresh = async () => update(await api.overview());
  const update = (overview: Overview) => {
    const sorted = [...overview.pools].sort((a, b) => rank(a) - rank(b) || a.pool.localeCompare(b.pool));
    const inOrder = sorted.map((pool) => {
      const card = cards.get(pool.pool) ?? createCard(pool, refresh);
      cards.set(pool.pool, card);
      card.update(pool, overview);
      return card.element;
    });
    const names = JSON.stringify(sorted.map(({ pool }) => pool));
    if (names !== shown) replace(element, inOrder);
    shown = names;
  };
  return { element, update };
}

const rank = ({ pool }: Pool): number => (pool.startsWith('out:') ? 1 : pool.startsWith('in:') ? 2 : 0);

function title({ pool }: Pool): string {
  if (pool.startsWith('out:')) return `To ${pool.slice('out:'.length)}`;
  return pool.startsWith('in:') ? `From ${pool.slice('in:'.length)}` : `NetSuite ${pool}`;
}

/** Its buttons stay as they are while the figures change: one that is exchanged under the pointer or the focus can't be pressed. */
function createCard(pool: Pool, refresh: () => Promise<void>): Card {
  const slots = h('div', {});
  const words = h('p', { class: 'soft' });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const lanes = createLanes(pool.pool, async (act) => {
    try {
      await act();
      problem.textContent = '';
      await refresh();
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
    }
  });
  return {
    element: h('section', { class: 'panel pool' }, h('h2', {}, title(pool)), slots, words, lanes.element, problem),
    update(next, overview) {
      replace(slots, slotRow(next));
      words.textContent = describe(next);
      lanes.update(next, overview);
    },
  };
}

/** One pip per slot: in use (in its lane's colour), free, lent, or out of reach for now. */
function slotRow(pool: Pool): HTMLElement {
  const usable = Math.floor(pool.usable);
  const pips = Array.from({ length: pool.slots }, (_, index) => {
    const holder = pool.holders[index];
    const kind = holder ? holder.lane : index >= pool.slots - pool.lent ? 'lent' : index >= usable ? 'closed' : 'free';
    return h('i', { 'data-slot': kind, title: holder ? `${holder.lane}, held by ${holder.holder}` : kind });
  });
  return h(
    'div',
    { class: 'slots', 'aria-label': `${pool.inUse} of ${pool.slots} slots in use` },
    pips,
    h('span', {}, `${pool.inUse} / ${pool.slots}`),
  );
}

function describe(pool: Pool): string {
  const parts: string[] = [];
  if (pool.breaker.state !== 'closed') parts.push(`calls are stopped: ${pool.breaker.reason ?? pool.breaker.state}`);
  if (pool.coolingUntil !== null && pool.coolingUntil > Date.now())
    parts.push(`cooling for ${duration(pool.coolingUntil - Date.now())}`);
  if (Math.floor(pool.usable) < pool.slots)
    parts.push(`${Math.floor(pool.usable)} usable at present: others use the account too`);
  if (pool.lent > 0)
    parts.push(`${pool.lent} lent${pool.lentUntil === null ? '' : ` for ${duration(pool.lentUntil - Date.now())}`}`);
  if (pool.units !== undefined && pool.calls !== undefined)
    parts.push(`${count(pool.units)} units in ${count(pool.calls)} calls of the last hour`);
  for (const job of pool.jobs ?? [])
    parts.push(`bulk job ${job.jobId ?? ''} ${job.stage}: ${count(job.operations)} ${job.recordType}`);
  return parts.join(' · ') || 'all slots usable';
}

interface LaneRow {
  element: HTMLElement;
  update: (lane: Pool['lanes'][number], waiting: number) => void;
}

function createLanes(pool: string, perform: (act: () => Promise<unknown>) => Promise<void>): Card {
  const rows = new Map<string, LaneRow>();
  const body = h('tbody', {});
  const headings = ['Lane', 'In use', 'Reserved', 'Waiting', ''].map((heading) => h('th', { scope: 'col' }, heading));
  return {
    element: h('table', {}, h('thead', {}, h('tr', {}, headings)), body),
    update(next, overview) {
      for (const lane of next.lanes) {
        const row =
          rows.get(lane.lane) ?? createLane(lane.lane, (paused) => perform(() => api.lane(pool, lane.lane, paused)));
        if (!rows.has(lane.lane)) body.append(row.element);
        rows.set(lane.lane, row);
        row.update(lane, waitingIn(overview, pool, lane.lane));
      }
    },
  };
}

const waitingIn = ({ byPoolAndLane }: Overview, pool: string, lane: string): number =>
  byPoolAndLane
    .filter((row) => row.pool === pool && row.lane === lane && (row.state === 'queued' || row.state === 'retrying'))
    .reduce((sum, row) => sum + row.count, 0);

function createLane(name: string, pause: (paused: boolean) => Promise<void>): LaneRow {
  let isPaused = false;
  const figures = ['inUse', 'reserved', 'waiting'].map(() => h('td', { class: 'number' }));
  const button = h('button', { class: 'small', onclick: () => void pause(!isPaused) });
  return {
    element: h('tr', {}, h('td', {}, h('i', { 'data-slot': name }), name), figures, h('td', {}, button)),
    update({ inUse, reserved, paused }, waiting) {
      [count(inUse), count(reserved), count(waiting)].forEach((text, at) => (figures[at]!.textContent = text));
      isPaused = paused;
      button.textContent = paused ? 'Resume' : 'Pause';
    },
  };
}
