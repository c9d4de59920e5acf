/**
 * The cookies of one host, as its answers set them. The Streaming API tells its sessions apart by one, and refuses calls that come
 * without it ("Clients and Cookies for Streaming API", "Streaming API Error Codes").
 */
export class Cookies {
  readonly #held = new Map<string, string>();

  /** Takes `Set-Cookie` headers over. */
  take(headers: readonly string[]): void {
    for (const header of headers) {
      const [pair = ''] = header.split(';');
      const at = pair.indexOf('=');
      if (at > 0) this.#held.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
    }
  }

  /** The header `Cookie`, as headers of a call. */
  get headers(): Record<string, string> {
    if (this.#held.size === 0) return {};
    return { cookie: [...this.#held].map(([name, value]) => `${name}=${value}`).join('; ') };
  }
}
