import type { Row } from '../upsert/ports';
import { queries } from './query-port';

/** The same rows by SuiteQL and, for roles that may not run it, by N/search. */
export interface TwoWays {
  sql: string;
  params: (string | number)[];
  search: () => Row[];
}

/** Reads rows in the way that this role may; every value as text. 10 units for each query or 1,000 rows of a search. */
export const readRows = ({ sql, params, search }: TwoWays): Row[] =>
  queries.mode() === 'suiteql' ? queries.run(sql, params) : search();
