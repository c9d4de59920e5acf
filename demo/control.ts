/** A record as the emulator's control API shows it. */
export interface ControlRecord {
  type: string;
  id: string;
  externalId?: string | null;
  version: number | string;
  fields: Record<string, unknown>;
  sublists: Record<string, Record<string, unknown>[]>;
}

export interface Execution {
  id: string;
  scriptId: string;
  type: string;
  unitsUsed: number;
  error?: { code?: string; name?: string; message?: string } | string | null;
}

export interface Write {
  op: string;
  type: string;
  id: string;
  scriptId?: string;
  executionId?: string;
}

export interface Concurrency {
  limit: number;
  peak: number;
  rejected: number;
}

const PAGE = 5000;

/** The emulator's control API, as far as the demonstration uses it: seeding, a user's saves, and looking at what is there. */
export class Control {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base.endsWith('/') ? base : `${base}/`;
  }

  seed(records: readonly object[]): Promise<{ id: string }[]> {
    return this.#call('POST', 'records', records) as Promise<{ id: string }[]>;
  }

  /** All records of a type. */
  async all(type: string): Promise<ControlRecord[]> {
    const found: ControlRecord[] = [];
    for (let after = ''; ;) {
      const page = (await this.#call(
        'GET',
        `records/${type}?limit=${PAGE}${after && `&after=${after}`}`,
      )) as ControlRecord[];
      found.push(...page);
      if (page.length < PAGE) return found;
      after = page.at(-1)!.id;
    }
  }

  save(body: object): Promise<{ id: string; saved: boolean }> {
    return this.#call('POST', 'ui/save', body) as Promise<{ id: string; saved: boolean }>;
  }

  executions(): Promise<Execution[]> {
    return this.#call('GET', 'executions') as Promise<Execution[]>;
  }

  writes(): Promise<Write[]> {
    return this.#call('GET', 'ledger/records') as Promise<Write[]>;
  }

  concurrency(): Promise<Concurrency> {
    return this.#call('GET', 'concurrency') as Promise<Concurrency>;
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(this.#base + path, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`emulator: ${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as unknown;
  }
}
