import { createHash, timingSafeEqual } from 'node:crypto';
import type { SourceConfig } from '../config/schema-sources';
import type { Principal } from './principal';

interface StoredKey {
  sha256: Buffer;
  expiresAtMs: number;
  principal: Principal;
}

/** What is stored of an API key. Keys are 256 random bits, so one round of SHA-256 is enough: there is nothing to guess. */
export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Finds whose key it is. Every stored hash is compared, in constant time, so that neither a hit nor its place shows in the time. */
export class ApiKeys {
  readonly #keys: readonly StoredKey[];

  constructor(sources: readonly SourceConfig[]) {
    this.#keys = sources.flatMap((source) =>
      source.keys.map((key) => ({
        sha256: Buffer.from(key.sha256, 'hex'),
        expiresAtMs: key.expires === undefined ? Infinity : Date.parse(key.expires),
        principal: {
          actor: `key:${key.id}`,
          source: source.name,
          actions: new Set(key.actions),
          objects: key.objects ? new Set(key.objects) : null,
        },
      })),
    );
  }

  /** Null for an unknown or an expired key. */
  verify(key: string, nowMs: number): Principal | null {
    const hash = createHash('sha256').update(key).digest();
    let found: StoredKey | null = null;
    for (const stored of this.#keys) if (timingSafeEqual(stored.sha256, hash)) found = stored;
    return found && nowMs < found.expiresAtMs ? found.principal : null;
  }
}
