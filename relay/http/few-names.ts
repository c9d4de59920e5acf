/** Names that become labels of their own, and characters of each. There are some 60 flows and a dozen objects. */
const MOST = 500;
const LENGTH = 100;

/** What stands for all names beyond. */
const OTHERS = 'other';

/**
 * Names as labels of metrics. Whoever sends operations names their object freely, and every name makes time series that stay for as long as
 * the process lives: the first ones stand for themselves, all further ones for each other.
 */
export function fewNames(): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    const short = name.slice(0, LENGTH);
    if (known.size < MOST) known.add(short);
    return known.has(short) ? short : OTHERS;
  };
}
