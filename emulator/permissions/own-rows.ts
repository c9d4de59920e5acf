import type { Account, Execution } from '../kernel/types';

/** SQL that admits of the rows of `alias` (which has a record's type and id) only the user's own where the role sees no others; null without such a restriction. */
export function ownRowsCondition(account: Account, { user }: Execution, types: string[], alias: string): string | null {
  const restricted = types.filter((type) => account.permissions.ownRowsOnly(user, type, 'view'));
  if (restricted.length === 0) return null;
  const list = restricted.map((type) => `'${type.replaceAll("'", "''")}'`).join(', ');
  const owner = `CAST(json_extract(o.data, '$.fields.owner') AS TEXT)`;
  const owned = `SELECT 1 FROM record o WHERE o.type = ${alias}.type AND o.id = ${alias}.id AND ${owner} = '${Number(user.entity)}'`;
  return `(${alias}.type NOT IN (${list}) OR EXISTS (${owned}))`;
}
