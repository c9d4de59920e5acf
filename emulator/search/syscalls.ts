import { type Account, type Execution, fault, type SyscallTable } from '../kernel/types';
import { findDuplicates, globalSearch } from './find-everywhere';
import { lookupFields } from './lookup-fields';
import { countSearch, runSearch } from './run-search';
import { deleteSearch, loadSearch, saveSearch } from './saved-searches';
import type { SearchDefinition, SearchResultSet } from './types';

/** Rows of one getRange call (section_N3352288). */
const MAX_RANGE = 1000;

interface RangeArgs {
  definition: SearchDefinition;
  start: number;
  end: number;
}

function getRange(account: Account, execution: Execution, { definition, start, end }: RangeArgs): SearchResultSet {
  if (end - start > MAX_RANGE) {
    throw fault(
      'SSS_SEARCH_RESULT_LIMIT_EXCEEDED',
      `No more than ${MAX_RANGE} search results may be requested at one time. Please narrow your criteria.`,
    );
  }
  account.charge(execution, 'search.getRange');
  return runSearch(account, execution, definition, Math.max(0, end - start), start);
}

/** `each` is billed once; its later chunks come without a charge. */
function each(account: Account, execution: Execution, { definition, start, end }: RangeArgs): SearchResultSet {
  if (start === 0) account.charge(execution, 'search.each');
  return runSearch(account, execution, definition, end - start, start);
}

function openPages(account: Account, execution: Execution, { definition }: RangeArgs): { count: number } {
  account.charge(execution, 'search.runPaged');
  return { count: countSearch(account, execution, definition) };
}

function fetchPage(account: Account, execution: Execution, { definition, start, end }: RangeArgs): SearchResultSet {
  account.charge(execution, 'search.fetch');
  return runSearch(account, execution, definition, end - start, start);
}

export const searchSyscalls: SyscallTable = {
  'search.getRange': getRange,
  'search.each': each,
  'search.runPaged': openPages,
  'search.fetchPage': fetchPage,
  'search.global': globalSearch,
  'search.duplicates': findDuplicates,
  'search.lookupFields': lookupFields,
  'search.load': loadSearch,
  'search.save': saveSearch,
  'search.delete': deleteSearch,
};
