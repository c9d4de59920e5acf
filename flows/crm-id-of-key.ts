const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The id as the CRM writes it. An external id is in upper case; the last three of a Salesforce id say which of the fifteen letters
 * before them are upper case, so nothing is lost.
 */
export function crmIdOf(upperId: string): string | null {
  if (/^\d+$/.test(upperId)) return upperId;
  if (!/^[A-Z0-9]{15}[A-Z0-5]{3}$/.test(upperId)) return null;
  let id = '';
  for (let at = 0; at < 15; at += 1) {
    const bits = CHECK.indexOf(upperId[15 + Math.floor(at / 5)]!);
    const letter = upperId[at]!;
    id += (bits >> (at % 5)) & 1 ? letter : letter.toLowerCase();
  }
  return id + upperId.slice(15);
}

/** Id of the CRM record that an external id such as `SF_ACCT_001…` or `HS_DEAL_9_SB1` names; null when it is of another kind. */
export function crmIdOfKey(key: unknown, prefix: string, suffix: unknown): string | null {
  if (typeof key !== 'string') return null;
  const [head, tail] = [
    `${prefix}_`.toUpperCase(),
    typeof suffix === 'string' && suffix ? `_${suffix}`.toUpperCase() : '',
  ];
  const upper = key.toUpperCase();
  if (!upper.startsWith(head) || !upper.endsWith(tail)) return null;
  return crmIdOf(upper.slice(head.length, upper.length - tail.length));
}
