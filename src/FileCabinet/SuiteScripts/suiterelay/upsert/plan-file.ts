import { priceOfFile, type Price } from '../governance/prices';
import type { LedgerRow } from './found-records';
import { fail } from './operation-failure';
import type { ResolvedOperation } from './resolved-operation';
import { judgeStamp, NO_STAMP } from './stamps';
import { staleResult } from './stale-result';
import { contentHash, type Done, type WriteContext } from './write-context';

export interface FilePlan {
  kind: 'file';
  price: Price;
  /** Where the file was put before. */
  row: LedgerRow | null;
  attach: { type: string; id: string }[];
}

/**
 * Decides about a file from the ledger alone: a file has no external id and no stamps. The same version of it attached to the same
 * records is known by its hash and costs nothing.
 */
export function planFile(resolved: ResolvedOperation, context: WriteContext): FilePlan | { kind: 'done'; done: Done } {
  const { operation } = resolved;
  if (operation.action !== 'upsert' && operation.action !== 'create')
    throw fail('UNSUPPORTED_ACTION', `a file can't be ${operation.action}d by a CRM; do it in the File Cabinet`);
  const { file } = operation;
  if (file === undefined) throw fail('INVALID_VALUE', 'a file needs `file`: its content', { field: 'file' });
  const attach = (operation.attachTo ?? []).map((reference, at) => ({
    type: reference.recordType,
    id: context.book.resolve(reference, `attachTo[${at}]`),
  }));
  const row = context.found.ledger.get(operation.key.externalId) ?? null;
  if (row !== null) {
    const verdict = judgeStamp({ ...NO_STAMP, op: row.op, version: row.version }, operation);
    if (verdict !== 'fresh') return { kind: 'done', done: staleResult(verdict, operation, row.internalId, row) };
    if (row.hash === contentHash(operation, context)) {
      const { externalId } = operation.key;
      return {
        kind: 'done',
        done: { status: 'unchanged', internalId: row.internalId, externalId, version: row.version },
      };
    }
  }
  if (file.content === undefined)
    throw fail('INVALID_VALUE', 'file.content is missing: the relay puts it in before the call', { field: 'file' });
  return { kind: 'file', row, attach, price: priceOfFile(attach.length) };
}
