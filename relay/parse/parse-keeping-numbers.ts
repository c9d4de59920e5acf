import { keepsNumber } from './judge-number';
import { surveyJson } from './survey-json';

/** The third argument of a reviver holds the source text (ECMAScript 2025, "JSON.parse source text access"). */
type Reviver = (this: unknown, name: string, value: unknown, context: { source?: string }) => unknown;

/**
 * Parses JSON of a system that can't be told to write otherwise: a number that a double would round (an id of 18 digits) becomes the text that it was
 * written as. Throws `SyntaxError`.
 */
export function parseKeepingNumbers(text: string): unknown {
  if (!surveyJson(text).longNumbers) return JSON.parse(text);
  const keep: Reviver = (_name, value, { source }) =>
    typeof value === 'number' && source !== undefined && !keepsNumber(source) ? source : value;
  return JSON.parse(text, keep as (this: unknown, name: string, value: unknown) => unknown);
}
