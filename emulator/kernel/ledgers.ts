import type { Ledgers } from './types';

/** What happened in the account, one append-only list a kind, as the control API answers it. */
export class LedgerBook implements Ledgers {
  private readonly lists = new Map<string, object[]>();

  push(name: Parameters<Ledgers['push']>[0], entry: object): void {
    const list = this.lists.get(name);
    if (list) list.push(entry);
    else this.lists.set(name, [entry]);
  }

  list(name: string): object[] {
    return this.lists.get(name) ?? [];
  }

  clear(): void {
    this.lists.clear();
  }
}
