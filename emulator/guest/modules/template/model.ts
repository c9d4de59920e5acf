import { scriptError } from '../arguments';

/** What a template reads: names and their values. */
export type Data = Record<string, unknown>;

/** A value with a text of its own, as fields of records have them: computed by `value`, printed as `text`. */
export class Shown {
  readonly value: unknown;
  readonly text: string;

  constructor(value: unknown, text: string) {
    this.value = value;
    this.text = text;
  }
}

/** What `?string` answers: a text that takes a format as its member (`x?string.currency`, `x?string["0.00"]`). */
export class Formats extends Shown {
  readonly format: (pattern: string) => unknown;

  constructor(text: string, format: (pattern: string) => unknown) {
    super(text, text);
    this.format = format;
  }
}

export const plain = (value: unknown): unknown => (value instanceof Shown ? value.value : value);

export const isHash = (value: unknown): value is Data =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);

/** A template that FreeMarker refuses while it runs. Its wording is FreeMarker's; the code that scripts see is unconfirmed. */
export class TemplateError extends Error {
  readonly missing: boolean;

  constructor(message: string, missing = false) {
    super(message);
    this.missing = missing;
  }
}

export const missingValue = (what: string): TemplateError =>
  new TemplateError(`The following has evaluated to null or missing:\n==> ${what}`, true);

/** Runs it, and turns what the template did wrong into the error that the script sees. */
export function guardTemplate<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateError) throw scriptError('UNEXPECTED_ERROR', error.message);
    throw error;
  }
}

/** Variables of one run: loops and macros open inner scopes, `assign` writes to the outermost one. */
export class Scope {
  readonly outer: Scope | undefined;
  readonly vars: Map<string, unknown>;

  constructor(outer?: Scope, vars = new Map<string, unknown>()) {
    this.outer = outer;
    this.vars = vars;
  }

  get(name: string): unknown {
    if (this.vars.has(name)) return this.vars.get(name);
    return this.outer?.get(name);
  }

  get globals(): Scope {
    return this.outer?.globals ?? this;
  }

  inner(entries: [string, unknown][] = []): Scope {
    return new Scope(this, new Map(entries));
  }
}

/** Where a loop stands; found under the name of its variable with this prefix. */
export interface Loop {
  index: number;
  size: number;
}

export const LOOP = 'loop of ';

export type Expression = ((scope: Scope) => unknown) & { guarded?: boolean; source?: string };

/** The value, or nothing where it is missing; parentheses forgive a missing step on the way too. */
export function tolerant(of: Expression, scope: Scope): unknown {
  try {
    return of(scope) ?? undefined;
  } catch (error) {
    if (of.guarded && error instanceof TemplateError && error.missing) return undefined;
    throw error;
  }
}
