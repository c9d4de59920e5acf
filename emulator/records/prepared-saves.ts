import type { Account, RecordData } from '../kernel/types';

/** A save between prepare and commit. It belongs to the execution that began it. */
export interface PendingSave {
  saveId: string;
  executionId: string;
  op: 'save' | 'delete' | 'submitFields';
  type: string;
  id: string | null;
  /** Version the saver had loaded; null where nothing is checked (create, submitFields). */
  baseVersion: number | null;
  event: string;
  ignoreMandatory: boolean;
  api: string;
  /** For submitFields: the fields the caller named. */
  changed: string[];
  old: RecordData | null;
}

interface State {
  next: number;
  pending: Map<string, PendingSave>;
}

const KEY = 'records.saves';

function stateOf(account: Account): State {
  let state = account.parts.get(KEY) as State | undefined;
  if (!state) {
    state = { next: 1, pending: new Map() };
    account.parts.set(KEY, state);
  }
  return state;
}

export function keepSave(account: Account, save: Omit<PendingSave, 'saveId'>): PendingSave {
  const state = stateOf(account);
  const kept = { ...save, saveId: `s${state.next++}` };
  state.pending.set(kept.saveId, kept);
  return kept;
}

/** Hands the pending save over, once: a second commit of it finds nothing. */
export function takeSave(account: Account, saveId: string): PendingSave {
  const { pending } = stateOf(account);
  const save = pending.get(saveId);
  if (!save) throw new Error(`no save ${saveId} is pending`);
  pending.delete(saveId);
  return save;
}

export function dropSave(account: Account, saveId: string): void {
  stateOf(account).pending.delete(saveId);
}
