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

/** One value's line. */
interface Line {
  members: Map<number, Standing>;
  /** The last of each record. */
  last: Map<string, number>;
  /** Those for whom nobody of the line waits yet, of each record the last. */
  ends: Set<number>;
}

/**
 * Values that may identify one record under several keys, each with a line of operations: who comes waits for the end of the line, so that
 * they go one after another. Within a line operations of one record follow each other anyway. A line may be thousands long.
 */
export class MatchLines {
  readonly #lines = new Map<string, Line>();
  /** Who waits for whom, by number. */
  readonly #waits = new Map<number, ReadonlySet<number>>();

  constructor(standing: readonly Standing[] = [], waits: ReadonlyMap<number, ReadonlySet<number>> = new Map()) {
    for (const one of standing) this.#add(one);
    for (const [seq, targets] of waits) this.#follow(seq, targets);
  }

  /** Those whom an operation of a record has to wait for; beside the ends those for whom the one before it of its record waits. */
  endsOf(values: readonly string[], rkey: string): number[] {
    const found = new Set<number>();
    for (const value of values) {
      const line = this.#lines.get(value);
      if (!line) continue;
      const before = line.last.get(rkey);
      const ahead = before === undefined ? [] : (this.#waits.get(before) ?? []);
      for (const seq of [...line.ends, ...ahead])
        if (line.members.has(seq) && line.members.get(seq)?.rkey !== rkey) found.add(seq);
    }
    return [...found];
  }

  join(values: readonly string[], { seq, rkey }: { seq: number; rkey: string }, targets: readonly number[]): void {
    for (const mval of values) this.#add({ mval, seq, rkey, behind: false });
    this.#follow(seq, new Set(targets));
  }

  /** Takes one out of its lines; answers whom it waited for: who waited for it waits for those. */
  leave(seq: number): number[] {
    const own = [...this.#lines].filter(([, { members }]) => members.has(seq));
    const ahead = [...(this.#waits.get(seq) ?? [])];
    this.#waits.delete(seq);
    if (own.length === 0) return ahead;
    for (const [other, targets] of this.#waits)
      if (targets.has(seq)) this.#waits.set(other, new Set([...targets, ...ahead].filter((one) => one !== seq)));
    for (const [value, { members }] of own) {
      this.#lines.delete(value);
      for (const one of members.values()) if (one.seq !== seq) this.#add(one);
      for (const other of members.keys()) this.#follow(other, this.#waits.get(other) ?? new Set());
    }
    return ahead;
  }

  /** Whether an operation waits, directly or over others, for one that is behind the head of a record. */
  comesAfter(seq: number, rkey: string): boolean {
    const isBehind = (one: number): boolean =>
      [...this.#lines.values()].some(({ members }) => {
        const member = members.get(one);
        return member?.rkey === rkey && member.behind;
      });
    const open = [seq];
    const seen = new Set(open);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (isBehind(at)) return true;
      for (const next of this.#waits.get(at) ?? []) {
        if (!seen.has(next)) open.push(next);
        seen.add(next);
      }
    }
    return false;
  }

  #add(one: Standing): void {
    const line: Line = this.#lines.get(one.mval) ?? { members: new Map(), last: new Map(), ends: new Set() };
    this.#lines.set(one.mval, line);
    const before = line.last.get(one.rkey);
    line.members.set(one.seq, one);
    if (before !== undefined && before > one.seq) return;
    if (before !== undefined) line.ends.delete(before);
    line.last.set(one.rkey, one.seq);
    line.ends.add(one.seq);
  }

  #follow(seq: number, targets: ReadonlySet<number>): void {
    if (targets.size === 0) return;
    this.#waits.set(seq, targets);
    for (const { members, ends } of this.#lines.values())
      if (members.has(seq)) for (const target of targets) ends.delete(target);
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
