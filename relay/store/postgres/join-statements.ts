import type { Cell } from '../core/script';
import type { List } from './encode-array';

export type Value = Cell | List;

export interface Statement {
  text: string;
  values: Value[];
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
function joining(rule: (texts: readonly string[]) => string): (statements: readonly Statement[]) => Statement {
  const root = newKnown();
  return (statements) => {
    let known = root;
    for (const { text } of statements) {
      const next = known.next.get(text) ?? newKnown();
      known.next.set(text, next);
      known = next;
    }
    known.text ??= rule(numberOn(statements));
    return { text: known.text, values: statements.flatMap(({ values }) => values) };
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

/** Changes of different tables as one statement: each by itself costs as much again for being sent and answered as for being done. */
export const merge = joining(
  (texts) => `WITH ${texts.map((text, at) => `s${at} AS (${text})`).join(', ')} SELECT 1 AS n WHERE false`,
);

/** Reads as one statement: one row, `r0`, `r1` and so on the rows of each as JSON. */
export const readTogether = joining(
  (texts) =>
    `SELECT ${texts.map((text, at) => `(SELECT COALESCE(json_agg(t), '[]'::json) FROM (${text}) t) AS r${at}`).join(', ')}`,
);
