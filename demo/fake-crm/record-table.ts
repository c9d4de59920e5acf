export type CrmRecord = Record<string, unknown>;

export interface LoggedCall {
  method: string;
  path: string;
  status: number;
  records: number;
}

/** What a CRM holds, by object and id, and what was asked of it. */
export class RecordTable {
  readonly #objects = new Map<string, Map<string, CrmRecord>>();
  readonly calls: LoggedCall[] = [];

  put(object: string, id: string, record: CrmRecord): void {
    const rows = this.#objects.get(object) ?? new Map<string, CrmRecord>();
    rows.set(id, record);
    this.#objects.set(object, rows);
  }

  get(object: string, id: string): CrmRecord | undefined {
    return this.#objects.get(object)?.get(id);
  }

  all(object: string): [string, CrmRecord][] {
    return [...(this.#objects.get(object) ?? [])];
  }

  /** The first record that fits. Looks at the records one by one, and makes no list of them. */
  find(object: string, fits: (id: string, record: CrmRecord) => boolean): [string, CrmRecord] | undefined {
    for (const [id, record] of this.#objects.get(object) ?? []) if (fits(id, record)) return [id, record];
    return undefined;
  }

  get objects(): string[] {
    return [...this.#objects.keys()];
  }

  clear(): void {
    this.#objects.clear();
    this.calls.length = 0;
  }

  toJSON(): Record<string, Record<string, CrmRecord>> {
    return Object.fromEntries([...this.#objects].map(([name, rows]) => [name, Object.fromEntries(rows)]));
  }

  /** Takes the place of everything held, as undoing a call does. */
  restore(saved: Record<string, Record<string, CrmRecord>>): void {
    this.#objects.clear();
    this.load(saved);
  }

  load(saved: Record<string, Record<string, CrmRecord>>): void {
    for (const [object, rows] of Object.entries(saved))
      for (const [id, record] of Object.entries(rows)) this.put(object, id, record);
  }
}

/** `/_fake/…`: a look at the records and calls for people and checks; null for every other path. */
export function answerFake(
  table: RecordTable,
  { method, path }: { method: string; path: string },
): { status: number; body?: unknown } | null {
  if (!path.startsWith('/_fake/')) return null;
  const [, , what, object, id] = path.split('/');
  if (method === 'POST' && what === 'reset') {
    table.clear();
    return { status: 200, body: { reset: true } };
  }
  if (what === 'calls') return { status: 200, body: table.calls };
  if (what === 'records' && object && id) {
    const record = table.get(object, id);
    return record ? { status: 200, body: record } : { status: 404, body: { message: `no ${object} ${id}` } };
  }
  if (what === 'records' && object) return { status: 200, body: table.all(object).map(([, record]) => record) };
  return { status: 404, body: { message: 'unknown' } };
}
