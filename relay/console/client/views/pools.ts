import { api } from '../api';
import { h, replace } from '../dom';
import { count, duration } from '../format';
import type { Overview, Pool } from '../types';

/** A card per pool: accounts of NetSuite first, then the ways to and from CRMs. */
export function createPools(): { element: HTMLElement; update: (overview: Overview) => void } {
  const element = h('div', { class: 'pools' });
  const refresh = () => void api.overview().then(update);
  const update = (overview: Overview) => {
    const sorted = [...overview.pools].sort((a, b) => rank(a) - rank(b) || a.pool.localeCompare(b.pool));
    replace(element, ...sorted.map((pool) => poolCard(pool, overview, refresh)));
  };
  return { element, update };
}

const rank = ({ pool }: Pool): number => (pool.startsWith('out:') ? 1 : pool.startsWith('in:') ? 2 : 0);

function title({ pool }: Pool): string {
  if (pool.startsWith('out:')) return `To ${pool.slice('out:'.length)}`;
  return pool.startsWith('in:') ? `From ${pool.slice('in:'.length)}` : `NetSuite ${pool}`;
}

function poolCard(pool: Pool, overview: Overview, refresh: () => void): HTMLElement {
  return h(
    'section',
    { class: 'panel pool' },
    h('h2', {}, title(pool)),
    slotRow(pool),
    h('p', { class: 'soft' }, describe(pool)),
    laneTable(pool, overview, refresh),
  );
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

function laneTable(pool: Pool, overview: Overview, refresh: () => void): HTMLElement {
  const waiting = (lane: string) =>
    overview.byPoolAndLane
      .filter(
        (row) => row.pool === pool.pool && row.lane === lane && (row.state === 'queued' || row.state === 'retrying'),
      )
      .reduce((sum, row) => sum + row.count, 0);
  return h(
    'table',
    {},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['Lane', 'In use', 'Reserved', 'Waiting', ''].map((heading) => h('th', { scope: 'col' }, heading)),
      ),
    ),
    h(
      'tbody',
      {},
      pool.lanes.map((lane) =>
        h(
          'tr',
          {},
          h('td', {}, h('i', { 'data-slot': lane.lane }), lane.lane),
          h('td', { class: 'number' }, lane.inUse),
          h('td', { class: 'number' }, lane.reserved),
          h('td', { class: 'number' }, count(waiting(lane.lane))),
          h(
            'td',
            {},
            h(
              'button',
              { class: 'small', onclick: () => void api.lane(pool.pool, lane.lane, !lane.paused).then(refresh) },
              lane.paused ? 'Resume' : 'Pause',
            ),
          ),
        ),
      ),
    ),
  );
}
