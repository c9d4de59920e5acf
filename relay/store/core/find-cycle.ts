import type { Failure } from '../types';
import { liveOf } from './live';
import type { Plan, Planned } from './plan-operations';
import { query, type Script } from './script';
import { S } from './states';

/** Deepest chain of required records that is followed; a longer one ends in review by its time limit. */
const MAX_DEPTH = 64;

/** Operations whose new edges would close a ring of records that wait for one another, with the ring. The last to come is the one refused. */
export function* findCycles(plan: Plan): Script<{ one: Planned; ring: string[] }[]> {
  const edges = plan.edges.filter(([, target]) => target.startsWith('rec:'));
  if (edges.length === 0) return [];
  const bySeq = new Map(plan.planned.map((one) => [one.seq, one]));
  const graph = new Map<string, Set<string>>();
  yield* loadGraph(
    graph,
    edges.map(([, target]) => target.slice(4)),
  );
  const cyclic: { one: Planned; ring: string[] }[] = [];
  for (const [seq, target] of edges) {
    const one = bySeq.get(seq) as Planned;
    const from = one.rkey as string;
    if (cyclic.some((other) => other.one === one)) continue;
    const back = pathBetween(graph, target.slice(4), from);
    if (back) {
      cyclic.push({ one, ring: [from, ...back] });
      continue;
    }
    graph.set(from, new Set([...(graph.get(from) ?? []), target.slice(4)]));
  }
  return cyclic;
}

/** The ring that is closed when a record waits for others of which one waits, directly or over others, for it; null when none is. */
export function* findRing(rkey: string, records: readonly string[]): Script<string[] | null> {
  if (records.includes(rkey)) return [rkey, rkey];
  const graph = new Map<string, Set<string>>();
  yield* loadGraph(graph, records);
  for (const record of records) {
    const back = pathBetween(graph, record, rkey);
    if (back) return [rkey, ...back];
  }
  return null;
}

/** For each record waited for: it, what it waits for itself, and so on, down to the one that holds everything up, with why. */
export function* chainsFrom(records: readonly string[]): Script<string[]> {
  const graph = new Map<string, Set<string>>();
  yield* loadGraph(graph, records);
  const chains: string[] = [];
  for (const record of records) {
    const chain = [record];
    for (let next = first(graph, record); next !== undefined; next = first(graph, next)) {
      if (chain.includes(next) || chain.length >= MAX_DEPTH) break;
      chain.push(next);
    }
    const [held] = yield* query<{ id: string }>(
      `SELECT id FROM op WHERE rkey=? AND state IN (${S.held}, ${S.refused}) ORDER BY seq LIMIT 1`,
      chain.at(-1) ?? record,
    );
    chains.push(`${chain.map(nameOf).join(' → ')} (${held ? `in review as ${held.id}` : 'nobody sent it'})`);
  }
  return chains;
}

const first = (graph: Map<string, Set<string>>, record: string): string | undefined =>
  [...(graph.get(record) ?? [])][0];

/** External id of a record key. */
const nameOf = (rkey: string): string => rkey.slice(rkey.lastIndexOf('|') + 1);

export const cycleOf = (ring: readonly string[]): Failure => ({
  code: 'DEPENDENCY_CYCLE',
  class: 'dependency',
  message: `The records wait for one another: ${ring.map(nameOf).join(' → ')}.`,
  action: 'Remove one of the requirements, then replay.',
});

/** Which record waits for which, as far as it can be reached from the given ones. */
function* loadGraph(graph: Map<string, Set<string>>, start: readonly string[]): Script<void> {
  let open = [...new Set(start)];
  const seen = new Set(open);
  for (let depth = 0; open.length > 0 && depth < MAX_DEPTH; depth++) {
    const rows = yield* query<{ rkey: string; target: string }>(
      `SELECT o.rkey, e.target FROM ${liveOf('rkey IN (SELECT v FROM @list(text) k)')} l
       JOIN op o ON o.seq=l.seq JOIN edge e ON e.seq=l.seq WHERE e.target LIKE 'rec:%'`,
      open,
      open,
    );
    open = [];
    for (const { rkey, target } of rows) {
      const to = target.slice(4);
      graph.set(rkey, (graph.get(rkey) ?? new Set()).add(to));
      if (!seen.has(to)) open.push(to);
      seen.add(to);
    }
  }
}

/** The way from one record to another along what they wait for, both ends included; null when there is none. */
function pathBetween(graph: Map<string, Set<string>>, from: string, to: string): string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const open = [from];
  for (let node = open.shift(); node !== undefined; node = open.shift()) {
    if (node === to) {
      const path: string[] = [];
      for (let at: string | null = node; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at);
      return path;
    }
    for (const next of graph.get(node) ?? []) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      open.push(next);
    }
  }
  return null;
}
