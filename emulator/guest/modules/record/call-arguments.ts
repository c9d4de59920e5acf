import { missingArgument, SuiteScriptError } from '../../errors';

/**
 * Arguments of a record method: one object, or the same values by position (both work in NetSuite).
 * A missing required one throws SSS_MISSING_REQD_ARGUMENT naming method and argument.
 */
export function named<T>(method: string, args: unknown[], names: string[], required: string[] = names): T {
  const first = args[0];
  const values = isOptions(first) ? first : byPosition(names, args);
  for (const name of required) if (values[name] === undefined) throw missingArgument(method, name);
  return values as T;
}

/** `{fieldId}` or the id by position, in lower case. */
export function fieldIdOf(method: string, first: unknown): string {
  const id = typeof first === 'object' && first !== null ? (first as { fieldId?: unknown }).fieldId : first;
  if (typeof id === 'string') return id.toLowerCase();
  return named<{ fieldId: string }>(method, [first], ['fieldId']).fieldId.toLowerCase();
}

function byPosition(names: string[], args: unknown[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (let index = 0; index < names.length; index++) values[names[index]!] = args[index];
  return values;
}

const isOptions = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

export const invalidUsage = (message: string): SuiteScriptError =>
  new SuiteScriptError({ name: 'SSS_INVALID_API_USAGE', message });

export const invalidSublist = (): SuiteScriptError =>
  new SuiteScriptError({
    name: 'SSS_INVALID_SUBLIST_OPERATION',
    message:
      'You have attempted an invalid sublist or line item operation. You are either trying to access a field on a non-existent line or you are trying to add or remove lines from a static sublist.',
  });
