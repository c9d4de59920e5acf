import type { Plan, Planned } from './plan-operations';
import { json, query, type Script } from './script';

/** Deepest chain of required records that is followed; a longer one ends in review by its time limit. */
const MAX_DEPTH = 64;

/** Operations whose new edges would close a ring of records that wait for one another. The last to come is the one refused. */
export function* findCycles(plan: Plan): Script<Planned[]> {
  const bySeq = new Map(plan.planned.map((one) => [one.seq, one]));
  const edges = plan.edges.filter(([, target]) => target.startsWith('rec:'));
  if (edges.length === 0) return [];
  const graph = new Map<string, Set<string>>();
  yield* loadGraph(
    graph,
    edges.map(([, target]) => target.slice(4)),
  );
  const cyclic: Planned[] = [];
  for (const [seq, target] of edges) {
    const one = bySeq.get(seq) as Planned;
    const from = one.rkey as string;
    if (cyclic.includes(one)) continue;
    if (reaches(graph, target.slice(4), from)) {
      cyclic.push(one);
      continue;
    }
    graph.set(from, new Set([...(graph.get(from) ?? []), target.slice(4)]));
  }
  return cyclic;
}

/** True when one of the records waits, directly or over others, for the given one. */
export function* isWaitedForBy(rkey: string, records: readonly string[]): Script<boolean> {
  const graph = new Map<string, Set<string>>();
  yield* loadGraph(graph, records);
  return records.some((record) => reaches(graph, record, rkey));
}

/** Which record waits for which, as far as it can be reached from the given ones. */
function* loadGraph(graph: Map<string, Set<string>>, start: readonly string[]): Script<void> {
  let open = [...new Set(start)];
  const seen = new Set(open);
  for (let depth = 0; open.length > 0 && depth < MAX_DEPTH; depth++) {
    const rows = yield* query<{ rkey: string; target: string }>(
      `SELECT o.rkey, e.target FROM @list(text) k JOIN op o ON o.rkey=k.v JOIN edge e ON e.seq=o.seq
       WHERE o.state<10 AND e.target LIKE 'rec:%'`,
      json(open),
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

function reaches(graph: Map<string, Set<string>>, from: string, to: string): boolean {
  const open = [from];
  const seen = new Set(open);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === to) return true;
    for (const next of graph.get(node) ?? []) {
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
  return false;
}
