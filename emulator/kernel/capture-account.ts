import { snapshotTables } from '../store/snapshot-tables';
import type { AccountKernel } from './account';
import { restoreSettings } from './settings';

/** Takes the account's state as it is now; the answer brings it back: tables, parts, settings, faults, clock, executions and ledgers. */
export function captureAccount(account: AccountKernel): () => void {
  const restoreTables = snapshotTables(account.store.db);
  const restoreParts = account.partList.flatMap((part) => (part.capture ? [part.capture(account)] : []));
  const settings = structuredClone(account.settings);
  return () => {
    account.faults.clear();
    account.clock.reset();
    restoreTables();
    account.store.noteRestored();
    restoreSettings(account.settings, settings);
    for (const restore of restoreParts) restore();
    account.executions.clear();
    account.ledgers.clear();
  };
}
