import { textOf } from './normalise';
import { fail } from './operation-failure';
import type { ResolvedOperation } from './resolved-operation';
import type { BelongingKind, SubsidiaryBook } from './subsidiary-book';
import type { Wanted } from './wanted';

/**
 * A transaction, its customer, its items and its locations belong to one subsidiary. NetSuite says so only after the save has been paid
 * for, and by an internal id; this is said before anything is written, and names the line.
 */
export function checkSubsidiaries(resolved: ResolvedOperation, book: SubsidiaryBook): void {
  const customerId = valueOf(resolved.body, 'entity');
  const given = valueOf(resolved.body, 'subsidiary');
  const subsidiary = given !== '' ? given : (book.of('customer', customerId)?.primary ?? '');
  if (subsidiary === '') return;
  if (given !== '') check('customer', customerId, 'subsidiary');
  check('location', valueOf(resolved.body, 'location'), 'location');
  for (const sublist of resolved.sublists) {
    if (sublist.name !== 'item') continue;
    for (const line of sublist.lines) {
      check('item', valueOf(line.fields, 'item'), `item[${line.key}].item`);
      check('location', valueOf(line.fields, 'location'), `item[${line.key}].location`);
    }
  }

  function check(kind: BelongingKind, id: string, field: string): void {
    const own = book.misplaced(kind, id, subsidiary);
    if (own === null) return;
    throw fail(
      'SUBSIDIARY_MISMATCH',
      `${field}: ${kind} ${id} belongs to subsidiary ${own.join(', ')}, the ${resolved.operation.recordType} to ${subsidiary}; correct the mapping or give the ${kind} that subsidiary`,
      { field },
    );
  }
}

const valueOf = (wanted: readonly Wanted[], field: string): string =>
  textOf(wanted.find((one) => one.field === field && one.kind === 'plain')?.value);
