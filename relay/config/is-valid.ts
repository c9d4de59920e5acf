import { BlockList, isIP } from 'node:net';
import { Cron } from 'croner';

/** Whether it comes at all: what never does would be missed by nobody. */
export function isCron(pattern: string): boolean {
  try {
    return new Cron(pattern, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

/** Names that Express knows for networks (`trust proxy`). */
const NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Addresses, networks and names of networks, as Express reads them. */
export const isTrustedProxies = (list: string): boolean =>
  list.split(',').every((part) => NETWORKS.has(part.trim()) || isNetwork(part.trim()));

function isNetwork(text: string): boolean {
  const [address = '', mask, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (mask === undefined) return true;
  if (version === 4 && isIP(mask) === 4) return true;
  try {
    new BlockList().addSubnet(address, /^\d+$/.test(mask) ? Number(mask) : -1, version === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}
