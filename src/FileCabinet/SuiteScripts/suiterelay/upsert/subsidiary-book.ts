/** Which subsidiaries a customer, item or location belongs to. */
export interface Belonging {
  /** The customer's primary subsidiary; null where there is no such thing. */
  primary: string | null;
  subsidiaries: ReadonlySet<string>;
  /** Subsidiaries below these count too: then only NetSuite can judge. */
  withChildren: boolean;
}

export const BELONGING_KINDS = ['customer', 'item', 'location'] as const;
export type BelongingKind = (typeof BELONGING_KINDS)[number];

/** What the prefetch saw of subsidiaries. Empty in accounts without OneWorld. */
export class SubsidiaryBook {
  private readonly known = new Map<string, Belonging>();

  set(kind: BelongingKind, id: string, belonging: Belonging): void {
    this.known.set(`${kind}/${id}`, belonging);
  }

  of(kind: BelongingKind, id: string): Belonging | undefined {
    return this.known.get(`${kind}/${id}`);
  }

  /** Null when it is unknown or when it belongs there; else the subsidiaries it does belong to. */
  misplaced(kind: BelongingKind, id: string, subsidiary: string): string[] | null {
    const one = this.of(kind, id);
    if (one === undefined || one.withChildren || one.subsidiaries.size === 0) return null;
    return one.subsidiaries.has(subsidiary) ? null : [...one.subsidiaries];
  }
}
