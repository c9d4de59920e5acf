import runtime from 'N/runtime';
import type { Meter } from '../governance/budget';
import { textOf } from '../upsert/normalise';

/** Units and time of the running script. Time counts from the call of this function: make it the first thing a script does. */
export function startMeter(): Meter {
  const script = runtime.getCurrentScript();
  const startedAt = Date.now();
  return { unitsLeft: () => script.getRemainingUsage(), elapsedMs: () => Date.now() - startedAt };
}

/** A script parameter as text, a checkbox as T or F; null when it is unset. */
export function textParameter(name: string): string | null {
  const value: unknown = runtime.getCurrentScript().getParameter({ name });
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  const text = textOf(value);
  return text === '' ? null : text;
}

export const numberParameter = (name: string, fallback: number): number => {
  const number = Number(textParameter(name) ?? Number.NaN);
  return Number.isFinite(number) ? number : fallback;
};

export const flagParameter = (name: string): boolean => textParameter(name) === 'T' || textParameter(name) === 'true';

/** A list of names separated by commas or blanks, lower case; null when none is given. */
export function listParameter(name: string): ReadonlySet<string> | null {
  const names = (textParameter(name) ?? '').toLowerCase().split(/[\s,;]+/);
  const given = names.filter((one) => one !== '');
  return given.length === 0 ? null : new Set(given);
}

/** `companyname=60, phone=21`: how many characters this account's fields take, where that differs from the contract's table. */
export function lengthsParameter(name: string): Readonly<Record<string, number>> {
  const pairs = [...(textParameter(name) ?? '').matchAll(/([a-z][a-z0-9_]*)\s*=\s*(\d+)/g)];
  return Object.fromEntries(pairs.map(([, field = '', length]) => [field, Number(length)]));
}
