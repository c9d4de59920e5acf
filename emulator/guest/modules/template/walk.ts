import type { Scope } from './model';
import type { ExpressionParser } from './parse-expression';

/** One part of a template: writes to `out`. */
export type Node = (scope: Scope, out: string[]) => void;

/** What directives need of the parser of the template. */
export interface BlockParser {
  expression(source: string): ExpressionParser;
  /** Nodes up to one of the named tags, which is taken; the name and the text of the tag that ended it. */
  block(...ends: string[]): { run: Node; end: string; text: string };
}

export type Directive = (parser: BlockParser, text: string, tag: { name: string; empty: boolean }) => Node;

/** Thrown to leave a loop or a switch. */
export class Leave {
  readonly how: 'break' | 'continue' | 'return';
  readonly value: unknown;

  constructor(how: 'break' | 'continue' | 'return', value?: unknown) {
    this.how = how;
    this.value = value;
  }
}

/** Runs it; answers whether it was left in that way. */
export function leaving(how: Leave['how'], run: () => void): boolean {
  try {
    run();
    return false;
  } catch (error) {
    if (error instanceof Leave && error.how === how) return true;
    throw error;
  }
}
