import type { Cell } from '../core/script';
import type { Packet } from './packet';

/** PostgreSQL's types of which we send arrays, with the number each goes by (pg_type.oid, the same on every server). */
const OIDS = { bool: 16, bigint: 20, int: 23, text: 25, 'double precision': 701 } as const;
export type ElementType = keyof typeof OIDS;

/** A parameter that is an array of one dimension. */
export interface List {
  type: ElementType;
  values: readonly (Cell | boolean)[];
}

const HIGH_WORD = 2 ** 32;

/**
 * Writes an array in PostgreSQL's own binary form. As text each value would be quoted here and read character by character there;
 * operations carry JSON, which is mostly quotation marks.
 */
export function writeArray(packet: Packet, { type, values }: List): void {
  // An empty array has no dimension.
  packet.int32(values.length > 0 ? 1 : 0);
  packet.int32(values.includes(null) ? 1 : 0);
  packet.int32(OIDS[type]);
  if (values.length === 0) return;
  packet.int32(values.length);
  packet.int32(1);
  for (const value of values) {
    if (value === null) packet.int32(-1);
    else writeElement(packet, type, value);
  }
}

/** Its length and the value. */
function writeElement(packet: Packet, type: ElementType, value: string | number | boolean): void {
  switch (type) {
    case 'text':
      writeText(packet, typeof value === 'string' ? value : String(value));
      return;
    case 'bigint': {
      const whole = toInteger(value);
      packet.int32(8);
      packet.int32(Math.floor(whole / HIGH_WORD));
      packet.int32(whole | 0);
      return;
    }
    case 'int':
      packet.int32(4);
      packet.int32(toInteger(value));
      return;
    case 'double precision':
      packet.int32(8);
      packet.double(Number(value));
      return;
    case 'bool':
      packet.int32(1);
      packet.byte(value ? 1 : 0);
  }
}

/** A text after its length in bytes. */
export function writeText(packet: Packet, text: string): void {
  const place = packet.length;
  packet.int32(0);
  packet.int32At(place, packet.text(text));
}

function toInteger(value: string | number | boolean): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new TypeError(`${String(value)} is no whole number that PostgreSQL could be given.`);
  return number;
}
