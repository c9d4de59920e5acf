import query from 'N/query';
import runtime from 'N/runtime';
import type { Queries, Row } from '../upsert/ports';
import { searchRows } from './search-rows';
import { toText } from './to-text';

/** SuiteQL with bound parameters where the role may run it, searches where not; every value as text. */
export const queries: Queries = {
  mode: () => (mayRunSuiteQl() ? 'suiteql' : 'search'),
  run: (sql, params) =>
    query
      .runSuiteQL({ query: sql, params })
      .results.map((result): Row => result.values.map((value) => toText(value as unknown))),
  search: searchRows,
};

/** The permission costs nothing to ask for, a refused query does. */
const mayRunSuiteQl = (): boolean => Number(runtime.getCurrentUser().getPermission({ name: 'REPO_ANALYTICS' })) > 0;
