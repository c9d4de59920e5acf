/** Input of one map or reduce invocation, as the account hands it over. */
export interface InvocationInput {
  key: string;
  value?: string;
  values?: string[];
  isRestarted: boolean;
  executionNo: number;
  errors: { key: string; error: string; executionNo: number }[];
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

export function errorsIterator(errors: InvocationInput['errors']): object {
  return {
    iterator: () => ({
      each(callback: (key: string, error: string, executionNo: number) => boolean | undefined): void {
        for (const { key, error, executionNo } of errors) if (callback(key, error, executionNo) !== true) return;
      },
    }),
  };
}

/** A context object with NetSuite's `type`, `toString` and `toJSON`; its data can't be assigned. */
export function stamped(type: string, fields: Record<string, unknown>): object {
  const data = Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value !== 'function'));
  return Object.freeze({ type, ...fields, toString: () => type, toJSON: () => ({ type, ...data }) });
}
