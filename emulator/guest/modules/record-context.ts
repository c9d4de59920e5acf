import type { ModuleFactory } from '../types';
import { missingArgument } from '../errors';
import { enumOf, invalidTypeArgument, isObject, scriptError, withPromise, type Options } from './arguments';

const LOCALIZATION = 'LOCALIZATION';

/** N/recordContext (page section_158627324548): the countries that a record belongs to, by its subsidiaries. */
export const createRecordContextModule: ModuleFactory = (guest) => ({
  ContextType: enumOf(LOCALIZATION),
  getContext: withPromise((given: unknown): Record<string, string[]> => {
    if (given === undefined || given === null) throw missingArgument('getContext', 'options');
    if (!isObject(given)) throw invalidTypeArgument('options');
    const { type, id, subsidiaries } = subject(given);
    const types = contextTypes(given.contextTypes);
    const localization = guest.syscall<string[]>('recordContext.getContext', { type, id, subsidiaries });
    return types.length === 0 ? {} : { localization };
  }),
});

/** Which record: a loaded one, or type and id, never both. */
function subject(options: Options): { type: string; id: string; subsidiaries: string[] | null } {
  const { record, recordType, recordId } = options;
  if (isObject(record)) {
    if (recordType !== undefined || recordId !== undefined)
      throw scriptError('MUTUALLY_EXCLUSIVE_ARGUMENTS', "Can't use mutually exclusive arguments.");
    const loaded = record as { type: string; id: number | null; getValue(field: string): unknown };
    const value = loaded.getValue('subsidiary');
    const subsidiaries = value === undefined || value === null || value === '' ? [] : [value].flat().map(String);
    return { type: loaded.type, id: String(loaded.id ?? ''), subsidiaries };
  }
  for (const [name, value] of Object.entries({ recordType, recordId }))
    if (value === undefined || value === null || value === '') throw missingArgument('getContext', name);
  if (typeof recordType !== 'string') throw invalidTypeArgument('recordType');
  return { type: recordType, id: String(recordId), subsidiaries: null };
}

/** Anything but a list means the default. */
function contextTypes(given: unknown): unknown[] {
  if (given === '') throw unknownContext();
  const types = Array.isArray(given) ? (given as unknown[]) : [LOCALIZATION];
  if (types.some((type) => type !== LOCALIZATION)) throw unknownContext();
  return types;
}

const unknownContext = (): Error => scriptError('UNKNOWN_CONTEXT_TYPE', 'Unknown context type.') as unknown as Error;
