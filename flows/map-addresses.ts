import { canonicalJson, type DirectRecord } from '../contract';
import { applyTransforms } from './apply-transforms';
import type { AddressMap, PathUse } from './flow-schema';
import { ownerName, writeRule, type WireFields } from './map-fields';
import { atField } from './map-problem-error';
import { pathName, readPath } from './read-path';
import { splitStreet } from './transforms/split-street';
import { cleanState } from './transforms/state';
import type { TransformContext } from './types';

type Sublist = NonNullable<DirectRecord['sublists']>[string];
type Subrecords = NonNullable<DirectRecord['subrecords']>;
type AddressParts = Record<string, string | null>;

interface ReadAddress {
  map: AddressMap;
  parts: AddressParts;
}

/** Addresses in the order NetSuite needs them set: the country first, because the list of states hangs on it. */
function readAddress(map: AddressMap, source: unknown, context: TransformContext): AddressParts | null {
  const text = (path: PathUse | undefined, transform: string): string | null => {
    if (path === undefined) return null;
    const { value } = readPath(source, path);
    return (atField(pathName(path), () => applyTransforms(value ?? null, transform, context)) ?? null) as string | null;
  };
  const country = text(map.country, 'country');
  const street = [text(map.street, 'longText'), text(map.street2, 'longText')];
  const [addr1, addr2, addr3] = splitStreet(street);
  warnOfLoss(pathName(map.street), street, [addr1, addr2, addr3], context);
  const city = text(map.city, 'text');
  const zip = text(map.zip, 'text');
  const state = cleanState(text(map.state, 'text'), country);
  if (!country && !addr1 && !city && !zip && !state) return null;
  return {
    ...(country ? { country } : {}),
    state,
    city,
    zip,
    addr1: addr1 ?? null,
    addr2: addr2 ?? null,
    addr3: addr3 ?? null,
  };
}

const bare = (parts: readonly (string | null | undefined)[]): string => parts.join('').replace(/[\s,]/g, '');

/** Three lines of 150 characters do not hold everything people write. */
function warnOfLoss(
  field: string,
  street: readonly (string | null)[],
  lines: readonly (string | undefined)[],
  context: TransformContext,
): void {
  if (bare(street) === bare(lines)) return;
  context.warn({
    code: 'FIELD_TRUNCATED',
    field,
    message: `The street is longer than NetSuite's three address lines; its end was cut.`,
    from: street.filter(Boolean).join('\n'),
    to: lines.filter(Boolean).join('\n'),
  });
}

function read(maps: readonly AddressMap[], source: unknown, context: TransformContext): ReadAddress[] {
  return maps.flatMap((map) => {
    const parts = readAddress(map, source, context);
    return parts ? [{ map, parts }] : [];
  });
}

function wireParts({ map, parts }: ReadAddress): WireFields {
  const rule = { ...writeRule(map), owner: ownerName(map.owner) };
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, { value, ...rule }]));
}

/**
 * The address book of an entity: one keyed line an address. Two equal addresses are one line with both flags, because NetSuite users
 * would otherwise see the same address twice.
 */
export function mapAddressBook(
  maps: readonly AddressMap[],
  source: unknown,
  context: TransformContext,
): Sublist | null {
  const addresses = read(maps, source, context);
  const kept: ReadAddress[] = [];
  for (const address of addresses) {
    const same = kept.findIndex((other) => canonicalJson(other.parts) === canonicalJson(address.parts));
    if (same < 0) kept.push(address);
    else kept[same] = { ...kept[same]!, map: joinFlags(kept[same]!.map, address.map) };
  }
  if (kept.length === 0) return null;
  return {
    keyField: 'label',
    mode: 'merge',
    lines: kept.map((address) => ({
      key: address.map.label,
      fields: {
        defaultbilling: { value: address.map.defaultBilling, ...writeRule(address.map) },
        defaultshipping: { value: address.map.defaultShipping, ...writeRule(address.map) },
      },
      subrecords: { addressbookaddress: { fields: wireParts(address) } },
    })),
  };
}

const joinFlags = (one: AddressMap, other: AddressMap): AddressMap => ({
  ...one,
  defaultBilling: one.defaultBilling || other.defaultBilling,
  defaultShipping: one.defaultShipping || other.defaultShipping,
});

/** Addresses of a transaction are subrecords of its body. */
export function mapTransactionAddresses(
  maps: readonly AddressMap[],
  source: unknown,
  context: TransformContext,
): Subrecords {
  return Object.fromEntries(
    read(maps, source, context).map((address) => [address.map.label, { fields: wireParts(address) }]),
  );
}
