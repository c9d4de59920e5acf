import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Store } from '../store/types';
import { SignInRefused } from './http-call';

/** Where what must outlive a restart is kept. */
export type Cursors = Pick<Store, 'getCursor' | 'setCursor'>;

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A refresh token that the CRM may exchange for another each time it is used (rotation: from then on the configured one is worth
 * nothing). The newest is kept in the store, encrypted by a key that only the configured token opens, so that it goes on after a restart
 * and is no secret of the store. Another configured token begins anew.
 */
export class RefreshToken {
  readonly #given: string;
  readonly #store: Cursors | undefined;
  readonly #name: string;
  readonly #key: Buffer;
  #volatile: string | null = null;

  constructor(given: string, crm: string, store?: Cursors) {
    this.#given = given;
    this.#store = store;
    this.#name = `refresh:${crm}:${createHash('sha256').update(given).digest('hex').slice(0, 16)}`;
    this.#key = Buffer.from(hkdfSync('sha256', given, '', `suiterelay refresh token of ${crm}`, 32));
  }

  /** Signs in with the newest token, and keeps the one that the answer brings. Of two relays, the one that comes second uses the other's. */
  async use<T extends object>(signIn: (refreshToken: string) => Promise<T>): Promise<T> {
    const token = await this.#newest();
    let answer: T;
    try {
      answer = await signIn(token);
    } catch (error) {
      const newer = error instanceof SignInRefused ? await this.#newest() : token;
      if (newer === token) throw error;
      answer = await signIn(newer);
    }
    const { refresh_token: next } = answer as { refresh_token?: unknown };
    if (typeof next === 'string' && next !== '' && next !== token) await this.#keep(next);
    return answer;
  }

  async #newest(): Promise<string> {
    if (!this.#store) return this.#volatile ?? this.#given;
    const kept = await this.#store.getCursor(this.#name);
    return kept === null ? this.#given : this.#open(Buffer.from(kept, 'base64'));
  }

  async #keep(token: string): Promise<void> {
    this.#volatile = token;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, iv);
    const sealed = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
    await this.#store?.setCursor(this.#name, Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64'));
  }

  #open(kept: Buffer): string {
    const decipher = createDecipheriv(CIPHER, this.#key, kept.subarray(0, IV_BYTES));
    decipher.setAuthTag(kept.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(kept.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }
}
