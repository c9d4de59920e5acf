import { textOf } from './normalise';
import { fail } from './operation-failure';
import type { ResolvedOperation } from './resolved-operation';
import type { BelongingKind, SubsidiaryBook } from './subsidiary-book';
import type { Wanted } from './wanted';

/** A transaction that is open for editing: its own subsidiary, and the labels of what is to change. */
export interface OpenedTransaction {
  subsidiary: string;
  changed: ReadonlySet<string>;
}

/**
 * A transaction, its customer, its items and its locations belong to one subsidiary. NetSuite says so only after the save has been paid
 * for, and by an internal id; this is said before anything is written, and names the line. Of a transaction that exists only what changes
 * is judged: what stands there NetSuite has accepted.
 */
export function checkSubsidiaries(
  resolved: ResolvedOperation,
  book: SubsidiaryBook,
  opened: OpenedTransaction | null = null,
): void {
  const customerId = valueOf(resolved.body, 'entity');
  const given = opened?.subsidiary ?? valueOf(resolved.body, 'subsidiary');
  const subsidiary = given !== '' ? given : (book.of('customer', customerId)?.primary ?? '');
  if (subsidiary === '') return;
  if (given !== '') check('customer', customerId, changes('entity') && opened !== null ? 'entity' : 'subsidiary');
  check('location', valueOf(resolved.body, 'location'), 'location');
  for (const sublist of resolved.sublists) {
    if (sublist.name !== 'item') continue;
    for (const line of sublist.lines) {
      const place = `item[${line.key}]`;
      check('item', valueOf(line.fields, 'item'), `${place}.item`, place);
      check('location', valueOf(line.fields, 'location'), `${place}.location`, place);
    }
  }

  function changes(...labels: string[]): boolean {
    return opened === null || labels.some((label) => opened.changed.has(label));
  }

  function check(kind: BelongingKind, id: string, field: string, line = field): void {
    if (!changes(field, line)) return;
    const own = book.misplaced(kind, id, subsidiary);
    if (own === null) return;
    throw fail(
      'SUBSIDIARY_MISMATCH',
      `${field}: ${kind} ${id} belongs to subsidiary ${own.join(', ')}, the ${resolved.operation.recordType} to ${subsidiary}; correct the mapping or give the ${kind} that subsidiary`,
      { field },
    );
  }
}

/** The same once the transaction is open and holds what it is to hold: right before its save. */
export function checkOpened(
  resolved: ResolvedOperation,
  book: SubsidiaryBook,
  subsidiary: unknown,
  changed: readonly { field: string }[],
): void {
  const own = textOf(subsidiary);
  if (own !== '')
    checkSubsidiaries(resolved, book, { subsidiary: own, changed: new Set(changed.map(({ field }) => field)) });
}

const valueOf = (wanted: readonly Wanted[], field: string): string =>
  textOf(wanted.find((one) => one.field === field && one.kind === 'plain')?.value);
