import { toNumbers, type Row, type Script, type Tx } from './script';

/** As it is stored and sent: versions compare as text. */
export const toVersion = (version: number): string => String(version).padStart(16, '0');

/** The next version of a record: grows with time, and past any given before, so that a store restored from a backup still goes up. */
export const nextVersion = (nowMs: number, last: number): number => Math.max(nowMs * 1000, last + 1);

/**
 * Versions for operations of records whose last one is given (of several records: the highest). Where transactions run alone they count up
 * over all records, so that a record's row need not be written with every operation of it.
 */
export function* issueVersions(tx: Tx, count: number, last: number): Script<number[]> {
  const least = nextVersion(tx.now, last);
  if (!tx.alone) return Array.from({ length: count }, (_, at) => least + at);
  return toNumbers((yield { kind: 'allocate', sequence: 'version', count, least }) as Row[]);
}
