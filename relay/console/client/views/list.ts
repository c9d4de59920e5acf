import type { View } from '../app';
import type { Query } from '../api';
import { h, replace } from '../dom';
import type { Operation, Overview } from '../types';
import { openDetail } from './detail';
import { empty, operationTable } from './parts';

export interface ListOptions {
  /** Reads a page. */
  read: (query: Query) => Promise<{ items: Operation[]; next: string | null }>;
  filters: HTMLElement;
  /** What the filters say now. */
  query: () => Query;
  nothing: [string, string];
  /** What stands behind the list's name in the address. */
  applyAddress?: (rest: string) => void;
  update?: (overview: Overview) => void;
}

/** How soon the list is read anew after something was accepted or settled, in ms. */
const REFRESH_MS = 1500;

/** A filtered list of operations that follows what happens. */
export function createList(options: ListOptions): View & { reload: () => void } {
  const table = h('div', { class: 'table' });
  const more = h('button', { class: 'small', hidden: true }, 'Show more');
  const element = h('div', { class: 'list-page' }, options.filters, table, more);
  let items: Operation[] = [];
  let next: string | null = null;
  let timer: number | undefined;
  let asked = 0;
  let known: number | undefined;

  const draw = () => {
    const focused = table.contains(document.activeElement) ? document.activeElement?.getAttribute('data-id') : null;
    replace(
      table,
      items.length === 0
        ? empty(...options.nothing)
        : operationTable(items, (operation) => openDetail(operation.operationId, reload)),
    );
    more.hidden = next === null;
    // Whoever goes through the rows by keyboard stays where they are.
    if (focused != null) table.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  };
  /** A row that is exchanged while it is pressed takes no click. */
  const released = async () => {
    while (table.matches(':active')) await new Promise(requestAnimationFrame);
  };
  const load = async (after?: string) => {
    const mine = (asked += 1);
    try {
      const page = await options.read({ ...options.query(), limit: '50', ...(after === undefined ? {} : { after }) });
      await released();
      if (mine !== asked) return;
      items = after === undefined ? page.items : [...items, ...page.items];
      next = page.next;
      draw();
    } catch (error) {
      replace(table, h('p', { class: 'problem' }, error instanceof Error ? error.message : String(error)));
    }
  };
  const reload = () => void load();
  const follow = () => {
    // Further pages stay as they are: a list that jumps under the reader helps nobody.
    if (items.length > 50) return;
    timer ??= window.setTimeout(() => {
      timer = undefined;
      reload();
    }, REFRESH_MS);
  };
  more.addEventListener('click', () => void load(next ?? undefined));
  return {
    element,
    reload,
    update: (overview) => {
      options.update?.(overview);
      // What only waits settles nothing, and is told by the counts alone.
      const now = Object.values(overview.byState).reduce((sum, count) => sum + count, 0);
      if (known !== undefined && now !== known) follow();
      known = now;
    },
    settled: follow,
    show: (rest) => {
      options.applyAddress?.(rest);
      reload();
      if (rest.startsWith('op_')) openDetail(rest, reload);
    },
  };
}
