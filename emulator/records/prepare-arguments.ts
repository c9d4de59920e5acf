import type { Account, Execution, Json, RecordData } from '../kernel/types';
import { changedMeanwhile, noSuchRecord } from './faults';

/** What `record.prepareSave` takes for a save, a delete or a submitFields. */
export interface PrepareArgs {
  op: 'save' | 'delete' | 'submitFields';
  ui?: boolean;
  event?: string;
  record?: RecordData;
  type?: string;
  id?: string | number;
  values?: Record<string, Json>;
  options?: { enableSourcing?: boolean; ignoreMandatoryFields?: boolean };
  enableSourcing?: boolean | null;
  ignoreMandatoryFields?: boolean;
  isDynamic?: boolean;
}

/** A browser's save costs nobody units. */
export function bill(account: Account, execution: Execution, args: PrepareArgs, api: string, type: string): void {
  if (!args.ui) account.charge(execution, api, type);
}

/** Version snapshot at load (real capture: "Record has been changed"). */
export function requireUnchanged(stored: RecordData | undefined, version: number): void {
  if (!stored) throw noSuchRecord();
  if (stored.version !== version) throw changedMeanwhile();
}

export const answerOf = (save: { saveId: string; type: string; id: string | null; event: string }) => ({
  saveId: save.saveId,
  type: save.type,
  id: save.id,
  event: save.event,
});
