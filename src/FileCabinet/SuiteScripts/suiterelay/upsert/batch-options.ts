/** How a batch is to be carried out. */
export interface BatchOptions {
  conflictChecked: boolean;
  allowDelete: boolean;
  dryRun: boolean;
  /** Record types that may be written; null: all. */
  types?: ReadonlySet<string> | null;
  /** Leave rows for administrators about operations that failed for good. */
  failureRows: boolean;
  /** Lengths by field that this account has taught or configured. */
  lengths?: Readonly<Record<string, number>>;
}
