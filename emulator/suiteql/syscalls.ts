import type { Account, Execution, SyscallTable } from '../kernel/types';
import { type Param, suiteQl } from './engine';

/** Rows one `runSuiteQL` answers at most (section_157960542026). */
export const MAX_ROWS = 5000;
/** Rows and pages of a paged run (sections 157960491275, 157960586441). */
const MAX_PAGED_ROWS = 100_000;
const MAX_PAGES = 1000;
/** SuiteAnalytics Workbook: what N/query asks of a role. */
const WORKBOOK = 'REPO_ANALYTICS';

interface QueryArgs {
  query: string;
  params: Param[];
}
interface PageArgs extends QueryArgs {
  pageSize: number;
  index: number;
}

function runSuiteQl(account: Account, execution: Execution, { query, params }: QueryArgs): unknown {
  account.permissions.requirePermission(execution, WORKBOOK);
  account.charge(execution, 'query.runSuiteQL');
  return suiteQl(account).run(execution, query, params, MAX_ROWS);
}

function openPages(account: Account, execution: Execution, { query, params, pageSize }: PageArgs): unknown {
  account.permissions.requirePermission(execution, WORKBOOK);
  account.charge(execution, 'query.runSuiteQLPaged');
  const { count, columns } = suiteQl(account).count(execution, query, params);
  return { count: Math.min(count, MAX_PAGED_ROWS, MAX_PAGES * pageSize), columns };
}

/** Each page runs the query anew: without a unique ORDER BY, rows may repeat or vanish between pages (section_158316295024). */
function fetchPage(account: Account, execution: Execution, { query, params, pageSize, index }: PageArgs): unknown {
  account.charge(execution, 'query.fetch');
  return suiteQl(account).run(execution, query, params, pageSize, index * pageSize);
}

/** Iterating costs like a page, though its rows are already there (N/query ResultSet.iterator). */
function chargeIterator(account: Account, execution: Execution): unknown {
  account.charge(execution, 'query.iterator');
  return null;
}

export const querySyscalls: SyscallTable = {
  'query.runSuiteQL': runSuiteQl,
  'query.runSuiteQLPaged': openPages,
  'query.fetchPage': fetchPage,
  'query.iterator': chargeIterator,
};
