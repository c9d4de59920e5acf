import type { Store } from '../store/types';
import type { FlowReport } from './report';

/** A comparison of all flows of an account, or of one. */
export interface ReconcileRun {
  account: string;
  /** When it began, ISO 8601. */
  at: string;
  /** Over all flows. */
  differences: number;
  flows: FlowReport[];
}

/** Differences of a flow that are kept with the last run. */
const KEPT = 100;

const cursorOf = (account: string): string => `reconcile:${account}:run`;

/** Keeps what the last night's run found, for alerts and for whoever asks in the morning. */
export async function writeLastRun(store: Pick<Store, 'setCursor'>, run: ReconcileRun): Promise<void> {
  const flows = run.flows.map((flow) => ({ ...flow, drift: flow.drift.slice(0, KEPT) }));
  await store.setCursor(cursorOf(run.account), JSON.stringify({ ...run, flows }));
}

export async function readLastRun(store: Pick<Store, 'getCursor'>, account: string): Promise<ReconcileRun | null> {
  const text = await store.getCursor(cursorOf(account));
  return text === null ? null : (JSON.parse(text) as ReconcileRun);
}
