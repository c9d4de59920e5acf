import type { Account, Execution, RowRule } from '../kernel/types';

const quoted = (values: string[]): string => values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');

/**
 * SQL that admits of the rows of `alias` (which has a record's type and id) only those that the role's restrictions leave the user:
 * own rows, own subsidiary, own and subordinates' records. Null without such a restriction.
 */
export function ownRowsCondition(account: Account, { user }: Execution, types: string[], alias: string): string | null {
  const groups = new Map<string, { types: string[]; rules: RowRule[] }>();
  for (const type of types) {
    const rules = account.permissions.rowRules(user, type, 'view');
    if (rules.length === 0) continue;
    const key = JSON.stringify(rules);
    const group = groups.get(key);
    if (group) group.types.push(type);
    else groups.set(key, { types: [type], rules });
  }
  const conditions = [...groups.values()].map((group) => groupCondition(group, alias));
  return conditions.length === 0 ? null : conditions.join(' AND ');
}

function groupCondition({ types, rules }: { types: string[]; rules: RowRule[] }, alias: string): string {
  const admitted = rules.map(ruleCondition).join(' AND ');
  return `(${alias}.type NOT IN (${quoted(types)}) OR EXISTS (SELECT 1 FROM record o WHERE o.type = ${alias}.type AND o.id = ${alias}.id AND ${admitted}))`;
}

function ruleCondition({ field, allowed, unassigned }: RowRule): string {
  const value = `COALESCE(CAST(json_extract(o.data, '$.fields.${field}') AS TEXT), '')`;
  return `${value} IN (${quoted(unassigned ? ['', ...allowed] : allowed)})`;
}
