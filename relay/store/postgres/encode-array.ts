import type { Cell } from '../core/script';

/** PostgreSQL's types of which we send arrays, with the number each goes by (pg_type.oid, the same on every server). */
const OIDS = { bool: 16, bigint: 20, int: 23, text: 25, 'double precision': 701 } as const;
export type ElementType = keyof typeof OIDS;

const HEADER_BYTES = 20;
const HIGH_WORD = 2 ** 32;
/** Beyond this size, in bytes, the room that arrays are written in is given back. */
const KEPT_BYTES = 4 * 1024 * 1024;

let room = Buffer.allocUnsafe(64 * 1024);

/** Makes room for so many bytes from a place on. */
function reserve(at: number, bytes: number): void {
  if (at + bytes <= room.length) return;
  const larger = Buffer.allocUnsafe(Math.max(room.length * 2, at + bytes));
  room.copy(larger, 0, 0, at);
  room = larger;
}

/**
 * An array of one dimension as PostgreSQL's own binary form. As text each value would be quoted here and read character by character
 * there; operations carry JSON, which is mostly quotation marks.
 */
export function encodeArray(type: ElementType, values: readonly (Cell | boolean)[]): Buffer {
  let at = HEADER_BYTES;
  let nulls = 0;
  for (const value of values) {
    reserve(at, HEADER_BYTES);
    if (value !== null) at = writeElement(type, value, at);
    else {
      nulls = 1;
      at = room.writeInt32BE(-1, at);
    }
  }
  room.writeInt32BE(values.length > 0 ? 1 : 0, 0);
  room.writeInt32BE(nulls, 4);
  room.writeInt32BE(OIDS[type], 8);
  room.writeInt32BE(values.length, 12);
  room.writeInt32BE(1, 16);
  // An empty array has no dimension.
  const encoded = Buffer.from(room.subarray(0, values.length > 0 ? at : 12));
  if (room.length > KEPT_BYTES) room = Buffer.allocUnsafe(64 * 1024);
  return encoded;
}

/** Its length and the value; answers where the next begins. */
function writeElement(type: ElementType, value: string | number | boolean, at: number): number {
  const start = at + 4;
  switch (type) {
    case 'text': {
      const text = typeof value === 'string' ? value : String(value);
      // At most three bytes for each unit of UTF-16.
      reserve(start, text.length * 3);
      const bytes = room.write(text, start);
      room.writeInt32BE(bytes, at);
      return start + bytes;
    }
    case 'bigint': {
      const whole = toInteger(value);
      room.writeInt32BE(8, at);
      room.writeInt32BE(Math.floor(whole / HIGH_WORD), start);
      return room.writeInt32BE(whole | 0, start + 4);
    }
    case 'int':
      room.writeInt32BE(4, at);
      return room.writeInt32BE(toInteger(value), start);
    case 'double precision':
      room.writeInt32BE(8, at);
      return room.writeDoubleBE(Number(value), start);
    case 'bool':
      room.writeInt32BE(1, at);
      return room.writeUInt8(value ? 1 : 0, start);
  }
}

function toInteger(value: string | number | boolean): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new TypeError(`${String(value)} is no whole number that PostgreSQL could be given.`);
  return number;
}
