import { defineAccessors, tableOf } from '../define';
import { missingArgument, SuiteScriptError } from '../errors';

/** Argument checks that the modules share; messages follow NetSuite's patterns. */

export type Options = Record<string, unknown>;

export const isObject = (value: unknown): value is Options => value !== null && typeof value === 'object';

/** The options object of a call that may also be given positionally: `file.load('x')` and `file.load({id: 'x'})`. */
export function optionsOf(first: unknown, names: string[], rest: unknown[] = []): Options {
  if (isObject(first) && !Array.isArray(first)) return first;
  return Object.fromEntries(names.map((name, index) => [name, index === 0 ? first : rest[index - 1]]));
}

/** Throws SSS_MISSING_REQD_ARGUMENT for the first name that is absent, null or empty. */
export function requireArguments(method: string, options: Options, names: string[]): void {
  for (const name of names) {
    const given = options[name];
    if (given === undefined || given === null || given === '') throw missingArgument(method, name);
  }
}

export const scriptError = (name: string, message: string): SuiteScriptError => new SuiteScriptError({ name, message });

export const wrongType = (name: string, type: string): SuiteScriptError =>
  scriptError('WRONG_PARAMETER_TYPE', `Wrong parameter type: ${name} is expected as ${type}.`);

export const invalidTypeArgument = (what: string): SuiteScriptError =>
  scriptError('SSS_INVALID_TYPE_ARG', `You have entered an invalid type argument: ${what}`);

/** Properties that read `get()` and refuse assignment, as NetSuite's objects do. */
export function readOnly(target: object, owner: string, properties: Record<string, () => unknown>): void {
  for (const name of Object.keys(properties)) readOnlyProperty(target, owner, name, properties[name]!);
}

export function readOnlyProperty(target: object, owner: string, name: string, get: () => unknown): void {
  defineAccessors(target, name, get, () => {
    throw scriptError('READ_ONLY_PROPERTY', `Read only property: ${owner ? `${owner}.` : ''}${name}.`);
  });
}

/** A frozen enum object out of names whose values are the names themselves. */
export const enumOf = (...names: string[]): Readonly<Record<string, string>> =>
  tableOf(names, (name) => name) as Readonly<Record<string, string>>;

/** A function with a `.promise` twin that is settled when it is made: server calls block. */
export function withPromise<A extends unknown[], R>(
  call: (...args: A) => R,
): ((...args: A) => R) & { promise: (...args: A) => Promise<R> } {
  const promise = (...args: A): Promise<R> => new Promise((resolve) => resolve(call(...args)));
  return Object.assign(call, { promise });
}
