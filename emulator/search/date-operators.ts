import { compare, type Comparison } from '../suiteql/compile/compare';
import { quote, type Sql } from '../suiteql/compile/sql';
import { type TimeRange, timeRange, wholeDays } from './filter-values';
import { type Build, negated } from './operator-parts';

const civil = (value: string): Sql => ({ sql: quote(value), type: 'datetime', constant: true });

const date =
  (build: (range: TimeRange, is: (op: Comparison, edge: string) => string) => string): Build =>
  ({ account, context }, field, term) => {
    const first = timeRange(account, term.name, term.values[0] ?? null);
    const last = term.values.length > 1 ? timeRange(account, term.name, term.values[1] ?? null) : first;
    const range = { from: first.from, until: last.until };
    return build(
      field.format === 'date' ? wholeDays(range) : range,
      (op, edge) => compare(context, op, field.value, civil(edge)).sql,
    );
  };

const on = date((range, is) => `${is('>=', range.from)} AND ${is('<', range.until)}`);
const before = date((range, is) => is('<', range.from));
const after = date((range, is) => is('>=', range.until));
const onOrBefore = date((range, is) => is('<', range.until));
const onOrAfter = date((range, is) => is('>=', range.from));

export const DATES: Record<string, Build> = {
  on,
  is: on,
  within: on,
  before,
  after,
  onorbefore: onOrBefore,
  onorafter: onOrAfter,
  noton: negated(on),
  notwithin: negated(on),
  notbefore: negated(before),
  notafter: negated(after),
  notonorbefore: negated(onOrBefore),
  notonorafter: negated(onOrAfter),
};
