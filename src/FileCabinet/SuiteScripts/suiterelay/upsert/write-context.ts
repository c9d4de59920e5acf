import type { OperationResult } from '../../../../../contract/upsert';
import { canonicalJson } from '../../../../../contract/canonical-json';
import type { Operation } from '../../../../../contract/operation';
import type { FoundRecords } from './found-records';
import { fail } from './operation-failure';
import type { Tools } from './ports';
import type { ReferenceBook } from './reference-book';
import { stampFields, stampValues } from './stamps';

/** What the writers of one batch share. */
export interface WriteContext {
  tools: Tools;
  found: FoundRecords;
  /** True once no write may start any more. */
  late(): boolean;
  /** Load and save instead of submitFields, because only a load is checked against other writers. */
  conflictChecked: boolean;
  allowDelete: boolean;
  book: ReferenceBook;
  /** Lengths by field that refused saves of this batch have taught. */
  taught: Record<string, number>;
}

export type Done = Omit<OperationResult, 'opId' | 'warnings'>;

/** Ends the operation as deferred when the time is over: a lost call must not write later than its caller waits. */
export function assertInTime(context: WriteContext): void {
  if (context.late()) throw fail('OUT_OF_TIME', 'no time left in this call; it is sent again');
}

const hashes = new WeakMap<Operation, string>();

/** SHA-256 of what the operation wants, however its members are ordered. Its stamp and the batch's memory of the record both ask. */
export function contentHash(operation: Operation, context: WriteContext): string {
  const known = hashes.get(operation);
  if (known !== undefined) return known;
  const { fields, sublists, subrecords, file, attachTo } = operation;
  // Versions of a file have ids of their own: the content need not be looked at.
  const named = file === undefined ? undefined : { source: file.source, bytes: file.bytes };
  const hash = context.tools.hash(canonicalJson({ fields, sublists, subrecords, file: named, attachTo }));
  hashes.set(operation, hash);
  return hash;
}

/** The stamp of an operation as field values, or an empty object where a ledger row stands in. */
export function stampOf(
  operation: Operation,
  externalId: string | null,
  context: WriteContext,
): Record<string, string> {
  const field = stampFields(operation.recordType);
  if (field === null) return {};
  const values = stampValues(operation, externalId, contentHash(operation, context), context.tools.now());
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [field(name as keyof typeof values), value]));
}
