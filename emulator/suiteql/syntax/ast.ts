/** What the parser makes of a SuiteQL statement. Names keep their spelling; matching is case-insensitive and happens later. */

export type Expr =
  | { kind: 'literal'; value: string | number | null }
  | { kind: 'param'; index: number }
  /** `outer` marks Oracle's `(+)`. */
  | { kind: 'column'; table: string | null; name: string; quoted: boolean; outer: boolean }
  /** `{field}` or `{join.field}` in the formula of a search. */
  | { kind: 'field'; path: string }
  | { kind: 'star'; table: string | null }
  | { kind: 'unary'; op: '-' | '+' | 'NOT'; arg: Expr }
  | { kind: 'binary'; op: BinaryOp; left: Expr; right: Expr }
  | { kind: 'between'; arg: Expr; low: Expr; high: Expr; not: boolean }
  | { kind: 'in'; arg: Expr; list: Expr[] | Query; not: boolean }
  | { kind: 'like'; arg: Expr; pattern: Expr; escape: Expr | null; not: boolean }
  | { kind: 'isNull'; arg: Expr; not: boolean }
  | { kind: 'exists'; query: Query }
  | { kind: 'case'; subject: Expr | null; whens: { when: Expr; then: Expr }[]; otherwise: Expr | null }
  | Call
  | { kind: 'subquery'; query: Query }
  | { kind: 'cast'; arg: Expr; type: string; sizes: number[] }
  | { kind: 'tuple'; items: Expr[] };

export type BinaryOp = '+' | '-' | '*' | '/' | '||' | '=' | '<>' | '<' | '<=' | '>' | '>=' | 'AND' | 'OR';

export interface Call {
  kind: 'call';
  /** Upper case, `BUILTIN.DF` with its prefix. */
  name: string;
  args: Expr[];
  distinct: boolean;
  /** LISTAGG … WITHIN GROUP (ORDER BY …). */
  within: OrderTerm[] | null;
  /** MAX and MIN over the rows that come first or last by an order. */
  keep?: { last: boolean; order: OrderTerm };
  over: { partitionBy: Expr[]; orderBy: OrderTerm[]; frame: string | null } | null;
}

export interface OrderTerm {
  expr: Expr;
  descending: boolean;
  nulls: 'first' | 'last' | null;
}

export interface SelectItem {
  expr: Expr;
  alias: string | null;
}

export type FromItem =
  | { kind: 'table'; name: string; alias: string | null }
  | { kind: 'derived'; query: Query; alias: string | null }
  | { kind: 'join'; type: JoinType; left: FromItem; right: FromItem; on: Expr | null };

export type JoinType = 'inner' | 'left' | 'right' | 'full' | 'cross';

export interface Select {
  kind: 'select';
  distinct: boolean;
  top: number | null;
  items: SelectItem[];
  from: FromItem[];
  where: Expr | null;
  groupBy: Expr[];
  having: Expr | null;
}

export type Body = Select | { kind: 'set'; op: SetOp; left: Body; right: Body } | { kind: 'nested'; query: Query };
export type SetOp = 'UNION' | 'UNION ALL' | 'INTERSECT' | 'MINUS';

export interface Query {
  kind: 'query';
  ctes: { name: string; columns: string[]; query: Query }[];
  body: Body;
  orderBy: OrderTerm[];
  offset: Expr | null;
  fetch: Expr | null;
}
