import { CrmCallError, SignInRefused } from './http-call';

/**
 * Carries out a call for many records. When the CRM can't read one of them and refuses the whole (400), the halves are tried apart, so
 * that only the record at fault fails: a call for one record throws what it meets.
 */
export async function splitRefused<T, R>(
  items: readonly T[],
  call: (part: readonly T[]) => Promise<readonly R[]>,
  failed: (item: T, error: unknown) => R,
): Promise<R[]> {
  try {
    return [...(await call(items))];
  } catch (error) {
    const refused = error instanceof CrmCallError && !(error instanceof SignInRefused) && error.status === 400;
    if (!refused) throw error;
    if (items.length === 1) return [failed(items[0]!, error)];
    const middle = Math.ceil(items.length / 2);
    const first = await splitRefused(items.slice(0, middle), call, failed);
    return [...first, ...(await splitRefused(items.slice(middle), call, failed))];
  }
}
