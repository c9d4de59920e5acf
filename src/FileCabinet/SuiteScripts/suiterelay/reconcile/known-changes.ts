export interface KnownRow {
  /** When it was captured last, ISO 8601. */
  at: string;
  deleted: boolean;
}

/** The latest capture of each record; a deletion is the last word about one. */
export function latestByRecord(
  rows: readonly { record: string; kind: string; at: string }[],
): ReadonlyMap<string, KnownRow> {
  const found = new Map<string, KnownRow>();
  for (const { record, kind, at } of rows) {
    const known = found.get(record);
    found.set(record, {
      at: known !== undefined && known.at > at ? known.at : at,
      deleted: kind === 'deleted' || known?.deleted === true,
    });
  }
  return found;
}
