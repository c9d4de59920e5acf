import type { FilterNode, FilterTerm, FilterValue } from './types';

/**
 * Filter expressions: `[['name', 'is', 'x'], 'and', ['not', ['customer.email', 'isempty', '']]]`, a single term, filter objects, or a list of them
 * (joined by AND). Names may be `join.field`, `formulatext: …` and `sum(amount)`. Used inside scripts and for seeded searches alike.
 */
export class FilterExpressionError extends Error {
  override readonly name = 'FilterExpressionError';
}

const invalid = (what: string): FilterExpressionError =>
  new FilterExpressionError(`Malformed search filter expression: ${what}.`);

export function parseFilters(given: unknown): FilterNode | null {
  if (given === undefined || given === null) return null;
  if (!Array.isArray(given)) return isTerm(given) ? termOf(given) : fail(given);
  if (given.length === 0) return null;
  return isArrayTerm(given) ? arrayTerm(given) : parseList(given);
}

function fail(what: unknown): never {
  throw invalid(JSON.stringify(what) ?? String(what));
}

const isWord = (value: unknown, ...words: string[]): boolean =>
  typeof value === 'string' && words.includes(value.toLowerCase());
const isArrayTerm = (value: unknown[]): boolean =>
  typeof value[0] === 'string' &&
  typeof value[1] === 'string' &&
  !isWord(value[0], 'not', 'and', 'or') &&
  !isWord(value[1], 'and', 'or', 'not');

/** AND binds tighter than OR. Operands side by side without a word between are joined by AND, as filter objects are. */
function parseList(list: unknown[]): FilterNode {
  const alternatives: FilterNode[][] = [[]];
  let negate = false;
  let expectOperand = true;
  for (const item of list) {
    if (isWord(item, 'not')) {
      negate = !negate;
      expectOperand = true;
    } else if (isWord(item, 'and', 'or')) {
      if (expectOperand) throw invalid(`dangling ${String(item)}`);
      if (isWord(item, 'or')) alternatives.push([]);
      expectOperand = true;
    } else {
      const node = operand(item);
      alternatives[alternatives.length - 1]?.push(negate ? { not: node } : node);
      negate = false;
      expectOperand = false;
    }
  }
  if (expectOperand) throw invalid('an operator without an operand at the end');
  const branches = alternatives.map((terms): FilterNode =>
    terms.length === 1 ? (terms[0] as FilterNode) : { and: terms },
  );
  return branches.length === 1 ? (branches[0] as FilterNode) : { or: branches };
}

function operand(item: unknown): FilterNode {
  if (!Array.isArray(item)) return isTerm(item) ? termOf(item) : fail(item);
  const node = parseFilters(item);
  if (node === null) throw invalid('an empty list');
  return node;
}

function isTerm(value: unknown): value is FilterTerm {
  return typeof value === 'object' && value !== null && 'name' in value && 'operator' in value;
}

function termOf(term: FilterTerm): FilterTerm {
  const made: FilterTerm = { name: term.name, operator: term.operator, values: filterValues([term.values]) };
  if (term.join) made.join = term.join;
  if (term.formula) made.formula = term.formula;
  if (term.summary) made.summary = term.summary;
  return made;
}

/** Nested lists are one list; empty values are none. */
export function filterValues(values: unknown[]): FilterValue[] {
  const flat: unknown[] = values.flat(3);
  return flat.filter((value): value is FilterValue => value !== undefined && value !== null && value !== '');
}

const SUMMARY = /^(sum|count|min|max|avg|group)\((.+)\)$/i;
const FORMULA = /^(formula(?:text|numeric|date|datetime|currency|percent)(?:_\w+)?)\s*:\s*(.+)$/is;

function arrayTerm([name, operator, ...values]: unknown[]): FilterTerm {
  return { ...filterName(String(name)), operator: String(operator), values: filterValues(values) };
}

export function filterName(given: string): { name: string; join?: string; summary?: string; formula?: string } {
  const text = given.trim();
  const formula = FORMULA.exec(text);
  if (formula) return { name: (formula[1] as string).toLowerCase(), formula: formula[2] as string };
  const summary = SUMMARY.exec(text);
  if (summary) return { ...filterName(summary[2] as string), summary: (summary[1] as string).toUpperCase() };
  const at = text.indexOf('.');
  return at < 0 ? { name: text } : { join: text.slice(0, at).trim(), name: text.slice(at + 1).trim() };
}
