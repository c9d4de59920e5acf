/** Groups into which all names fall. */
const GROUPS = 64;
/** Names of one transaction beyond which whole groups are locked: the server's lock table has room for some 7,000 locks as it comes. */
const MANY = 600;

export interface LockPlan {
  /** Keys of groups: shared with others where names are locked too, else for this transaction alone. */
  groups: number[];
  names: number[];
}

/**
 * What a transaction locks for the names it touches. Each name has a key of its own, so that two settlements that have nothing in common do
 * not wait for one another's commits; with 4,096 keys for all names nearly any two batches of 50 had one in common. A transaction of very
 * many names takes their groups instead, which everyone else shares.
 */
export function lockPlan(names: readonly string[]): LockPlan {
  const keys = [...new Set(names.map(hash))].sort((a, b) => a - b);
  const groups = [...new Set(keys.map((key) => (key >>> 0) % GROUPS))].sort((a, b) => a - b);
  return { groups, names: keys.length > MANY ? [] : keys };
}

/** FNV-1a, 32 bits, as the signed integer that PostgreSQL takes. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) value = Math.imul(value ^ name.charCodeAt(at), 0x01000193);
  return value | 0;
}
