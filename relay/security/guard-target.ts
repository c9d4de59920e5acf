import { lookup as dnsLookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

/** Networks that a configured target must not reach unless its host is named: loopback, private, link-local (cloud metadata) … */
const BLOCKED = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  BLOCKED.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  // Of no network, loopback, and the forms in which an IPv4 address stands in one of IPv6: translated, by 6to4, by Teredo.
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  BLOCKED.addSubnet(network, prefix, 'ipv6');
}

/** A target address leads into a network it must not reach. */
export class BlockedTargetError extends Error {
  readonly host: string;
  readonly address: string;

  constructor(host: string, address: string) {
    super(
      `${host} resolves to ${address}, which is not a public address; name the host in allowPrivateHosts if it is meant`,
    );
    this.name = 'BlockedTargetError';
    this.host = host;
    this.address = address;
  }
}

/** IPv4 addresses inside IPv6 (`::ffff:10.0.0.1`) count as what they are. */
export function isBlockedAddress(address: string): boolean {
  const inner = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (inner !== undefined) return BLOCKED.check(inner, 'ipv4');
  return BLOCKED.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type Lookup = (host: string, options: LookupOptions, callback: LookupCallback) => void;

/**
 * A `lookup` for outgoing connections that refuses blocked networks. It judges the very address that is connected to, so a name
 * that changes its address between check and use (DNS rebinding) gains nothing.
 */
export function guardedLookup(allowedHosts: readonly string[]): Lookup {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  return (host, options, callback) => {
    dnsLookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const blocked = addresses.find(({ address }) => isBlockedAddress(address));
      if (blocked && !allowed.has(host.toLowerCase()))
        return callback(new BlockedTargetError(host, blocked.address), '', 0);
      if (options.all) return callback(null, addresses);
      const first = addresses[0];
      if (!first) return callback(new Error(`${host} has no address`), '', 0);
      callback(null, first.address, first.family);
    });
  };
}

/** For addresses given as numbers, which are never looked up. Throws `BlockedTargetError`. */
export function assertAllowedUrl(url: string, allowedHosts: readonly string[]): void {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isBlockedAddress(host) && !allowedHosts.includes(host))
    throw new BlockedTargetError(host, host);
}
