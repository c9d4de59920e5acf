import type { Cell } from '../core/script';
import type { List } from './encode-array';

export type Value = Cell | List;

export interface Statement {
  text: string;
  values: Value[];
  /** Of a change that answers a row for each row it changed: how many there must be. */
  all?: number;
}

/** Which texts were joined before, one after the other, and what came of them. */
interface Known {
  next: Map<string, Known>;
  text?: string;
}

const newKnown = (): Known => ({ next: new Map() });

/**
 * Makes one statement of several, by a rule for their texts. The same few follow one another again and again: a text is put together once
 * and is then always the same string, which is found among thousands without being read.
 */
function joining(
  rule: (texts: readonly string[], statements: readonly Statement[]) => string,
): (statements: readonly Statement[]) => Statement {
  const root = newKnown();
  return (statements) => {
    let known = root;
    for (const { text } of statements) {
      const next = known.next.get(text) ?? newKnown();
      known.next.set(text, next);
      known = next;
    }
    known.text ??= rule(numberOn(statements), statements);
    const values = statements.flatMap((statement) => statement.values);
    return { text: known.text, values: [...values, ...statements.flatMap(({ all }) => all ?? [])] };
  };
}

/** Their parameters are numbered on. */
function numberOn(statements: readonly Statement[]): string[] {
  let before = 0;
  return statements.map(({ text, values }) => {
    const shift = before;
    before += values.length;
    return text.replaceAll(/\$(\d+)/g, (_, number: string) => `$${Number(number) + shift}`);
  });
}

/** Fails (`22012`, which nothing else here can): the server passes over what follows, the commit too. */
const failIf = (condition: string): string => `1/(CASE WHEN ${condition} THEN 0 ELSE 1 END)`;

/**
 * Changes of different tables as one statement: each by itself costs as much again for being sent and answered as for being done. Fails
 * when one did not change all its rows.
 */
export const merge = joining((texts, statements) => {
  let before = statements.reduce((sum, { values }) => sum + values.length, 0);
  const missed = statements.flatMap(({ all }, at) =>
    all === undefined ? [] : [`(SELECT count(*) FROM s${at})<>$${++before}::bigint`],
  );
  const never = missed.length === 0 ? 'false' : `${failIf(missed.join(' OR '))}=0`;
  return `WITH ${texts.map((text, at) => `s${at} AS (${text})`).join(', ')} SELECT 1 AS n WHERE ${never}`;
});

/** A change with its rows; fails when they are not all that there must be. */
const findAll = joining(
  ([text = ''], [statement]) =>
    `WITH s AS (${text}) SELECT * FROM s WHERE ${failIf(`(SELECT count(*) FROM s)<>$${(statement?.values.length ?? 0) + 1}::bigint`)}=1`,
);
export const mustFind = (statement: Statement): Statement => findAll([statement]);

/** Reads as one statement: one row, `r0`, `r1` and so on the rows of each as JSON. */
export const readTogether = joining(
  (texts) =>
    `SELECT ${texts.map((text, at) => `(SELECT COALESCE(json_agg(t), '[]'::json) FROM (${text}) t) AS r${at}`).join(', ')}`,
);
