import { query, type Script } from './script';
import { inList, S } from './states';

/** Operations that stand in line by a value; a person's work item holds up nobody. */
const STANDING = `SELECT m.mval, m.seq, o.rkey, o.state FROM @list(text) k JOIN match_wait m ON m.mval=k.v JOIN op o ON o.seq=m.seq
  WHERE o.state<${S.done} AND o.state NOT IN ${inList([S.held, S.refused])} ORDER BY m.seq`;
const WAITS = `SELECT seq, target FROM edge WHERE seq IN (SELECT v FROM @list(bigint) k) AND target LIKE 'op:%'`;

interface Standing {
  mval: string;
  seq: number;
  rkey: string;
  /** Behind the head of its record. */
  behind: boolean;
}

/**
 * Values that may identify one record under several keys, each with a line of operations: who comes waits for the last of the line, so that
 * they go one after another. Within a line operations of one record follow each other anyway.
 */
export class MatchLines {
  readonly #standing: Standing[];
  /** Who waits for whom, by number. */
  readonly #waits: Map<number, Set<number>>;

  constructor(standing: Standing[] = [], waits = new Map<number, Set<number>>()) {
    this.#standing = standing;
    this.#waits = waits;
  }

  /** Those whom an operation of a record has to wait for: of each other record the last, unless another one waits for that by then. */
  lastOf(values: readonly string[], rkey: string): number[] {
    const found = new Set<number>();
    for (const value of values) {
      const others = this.#standing.filter((one) => one.mval === value && one.rkey !== rkey);
      const last = new Map<string, number>();
      for (const { rkey: other, seq } of others) last.set(other, Math.max(seq, last.get(other) ?? seq));
      for (const seq of last.values())
        if (!others.some((one) => this.#waits.get(one.seq)?.has(seq) === true)) found.add(seq);
    }
    return [...found];
  }

  join(values: readonly string[], { seq, rkey }: { seq: number; rkey: string }, targets: readonly number[]): void {
    for (const mval of values) this.#standing.push({ mval, seq, rkey, behind: false });
    this.#waits.set(seq, new Set(targets));
  }

  /** Takes one out of its lines; answers whom it waited for: who waited for it waits for those. */
  leave(seq: number): number[] {
    for (let at = this.#standing.length - 1; at >= 0; at--)
      if (this.#standing[at]?.seq === seq) this.#standing.splice(at, 1);
    const ahead = [...(this.#waits.get(seq) ?? [])];
    this.#waits.delete(seq);
    for (const targets of this.#waits.values()) if (targets.delete(seq)) for (const one of ahead) targets.add(one);
    return ahead;
  }

  /** Whether an operation waits, directly or over others, for one that is behind the head of a record. */
  comesAfter(seq: number, rkey: string): boolean {
    const behind = new Set(this.#standing.filter((one) => one.rkey === rkey && one.behind).map((one) => one.seq));
    const open = [seq];
    const seen = new Set(open);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (behind.has(at)) return true;
      for (const next of this.#waits.get(at) ?? []) {
        if (!seen.has(next)) open.push(next);
        seen.add(next);
      }
    }
    return false;
  }
}

export function* loadLines(values: Iterable<string>): Script<MatchLines> {
  const wanted = [...new Set(values)];
  if (wanted.length === 0) return new MatchLines();
  const rows = yield* query<{ mval: string; seq: number; rkey: string; state: number }>(STANDING, wanted);
  if (rows.length === 0) return new MatchLines();
  const waits = new Map<number, Set<number>>();
  const seqs = [...new Set(rows.map(({ seq }) => seq))];
  for (const { seq, target } of yield* query<{ seq: number; target: string }>(WAITS, seqs))
    waits.set(seq, (waits.get(seq) ?? new Set()).add(Number(target.slice(3))));
  return new MatchLines(
    rows.map(({ mval, seq, rkey, state }) => ({ mval, seq, rkey, behind: state === S.blocked })),
    waits,
  );
}
