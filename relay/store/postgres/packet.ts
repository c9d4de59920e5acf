/** Beyond this size, in bytes, the room that packets are written in is given back. */
const KEPT_BYTES = 4 * 1024 * 1024;
const FIRST_BYTES = 64 * 1024;

/** Bytes of messages to PostgreSQL, written one after the other into room that is used again. */
export class Packet {
  #room = Buffer.allocUnsafe(FIRST_BYTES);
  #at = 0;

  get length(): number {
    return this.#at;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#at = this.#room.writeUInt8(value, this.#at);
  }

  int16(value: number): void {
    this.#reserve(2);
    this.#at = this.#room.writeInt16BE(value, this.#at);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#at = this.#room.writeInt32BE(value, this.#at);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#at = this.#room.writeDoubleBE(value, this.#at);
  }

  /** As UTF-8; answers how many bytes it took. */
  text(value: string): number {
    // At most three bytes for each unit of UTF-16.
    this.#reserve(value.length * 3);
    const bytes = this.#room.write(value, this.#at);
    this.#at += bytes;
    return bytes;
  }

  /** Names: ended by a zero byte. */
  name(value: string): void {
    this.text(value);
    this.byte(0);
  }

  /** Writes over what stands at a place: lengths are known when what they measure is written. */
  int32At(place: number, value: number): void {
    this.#room.writeInt32BE(value, place);
  }

  /** What was written, as bytes of its own; the next packet begins anew. */
  take(): Buffer {
    const taken = Buffer.from(this.#room.subarray(0, this.#at));
    this.clear();
    return taken;
  }

  clear(): void {
    this.#at = 0;
    if (this.#room.length > KEPT_BYTES) this.#room = Buffer.allocUnsafe(FIRST_BYTES);
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#room.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#room.length * 2, this.#at + bytes));
    this.#room.copy(larger, 0, 0, this.#at);
    this.#room = larger;
  }
}
