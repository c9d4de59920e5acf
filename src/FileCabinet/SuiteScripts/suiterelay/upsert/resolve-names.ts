import type { ResolvedName } from '../../../../../contract/describe';
import type { NamedReference } from '../../../../../contract/describe-request';
import type { Reference } from '../../../../../contract/operation';
import type { Queries } from './ports';
import { referenceBranches } from './prefetch-references';
import { ReferenceBook } from './reference-book';
import { readBranches } from './sql-branches';

/** Finds records by the names that configuration gives them, the way a batch would. One query. */
export function resolveNames(names: readonly NamedReference[], queries: Queries): ResolvedName[] {
  const book = new ReferenceBook();
  for (const name of names) book.ask(referenceOf(name));
  readBranches(queries, referenceBranches(book, false));
  return names.map((name) => {
    const hits = book.hits(referenceOf(name));
    return {
      ...name,
      ids: hits.filter((hit) => !hit.inactive).map(({ id }) => id),
      inactive: hits.some((hit) => hit.inactive),
    };
  });
}

function referenceOf({ recordType, by, value }: NamedReference): Reference {
  if (by === 'text') return { recordType, text: value };
  if (by === 'externalId') return { recordType, externalId: value.toUpperCase() };
  return { recordType, key: { field: by === 'internalId' ? 'id' : by, value } };
}
