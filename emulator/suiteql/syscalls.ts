import { type Account, type Execution, fault, type SyscallTable } from '../kernel/types';
import { type Param, suiteQl } from './engine';
import { checkType, findJoin } from './find-join';

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

const run =
  (api: 'query.runSuiteQL' | 'query.run') =>
  (account: Account, execution: Execution, { query, params }: QueryArgs): unknown => {
    account.permissions.requirePermission(execution, WORKBOOK);
    account.charge(execution, api);
    return suiteQl(account).run(execution, query, params, MAX_ROWS);
  };

const openPages =
  (api: 'query.runSuiteQLPaged' | 'query.runPaged') =>
  (account: Account, execution: Execution, { query, params, pageSize }: PageArgs): unknown => {
    account.permissions.requirePermission(execution, WORKBOOK);
    account.charge(execution, api);
    const { count, columns } = suiteQl(account).count(execution, query, params);
    return { count: Math.min(count, MAX_PAGED_ROWS, MAX_PAGES * pageSize), columns };
  };

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

/** Workbook queries are made in the browser, which this account has not: there is none to load or delete. */
function loadQuery(account: Account, execution: Execution, { id }: { id: string }): never {
  account.charge(execution, 'query.load');
  throw fault('UNABLE_TO_LOAD_QUERY', `The query ${id} does not exist, or you have no permission to load it.`);
}

function deleteQuery(account: Account, execution: Execution, { id }: { id: string }): never {
  account.charge(execution, 'query.delete');
  throw fault('UNABLE_TO_DELETE_QUERY', `The query ${id} does not exist, or you have no permission to delete it.`);
}

export const querySyscalls: SyscallTable = {
  'query.runSuiteQL': run('query.runSuiteQL'),
  'query.run': run('query.run'),
  'query.runSuiteQLPaged': openPages('query.runSuiteQLPaged'),
  'query.runPaged': openPages('query.runPaged'),
  'query.findJoin': findJoin,
  'query.checkType': checkType,
  'query.load': loadQuery,
  'query.delete': deleteQuery,
  'query.fetchPage': fetchPage,
  'query.iterator': chargeIterator,
};
