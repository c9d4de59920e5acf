import type { FlowReport } from '../reconcile/report';
import type { ReconcileRun } from '../reconcile/last-run';
import type { Condition } from './judge-state';

/** Flows that an alert names. */
const NAMED = 8;

const wordsOf = ({ flow, differences, failed }: FlowReport): string =>
  failed === undefined ? `${flow}: ${differences}` : `${flow}: could not be compared (${failed})`;

/** What the last comparison of both sides found, if it is anybody's business; `since` is the run that was told last. */
export function judgeRun(run: ReconcileRun | null, since: string | null): Condition | null {
  if (run === null || run.at === since) return null;
  const wrong = run.flows.filter(({ differences, failed }) => differences > 0 || failed !== undefined);
  if (wrong.length === 0) return null;
  const named = wrong.slice(0, NAMED).map(wordsOf).join('; ');
  const more = wrong.length > NAMED ? `; and ${wrong.length - NAMED} flows more` : '';
  return {
    kind: 'drift',
    title: `NetSuite ${run.account} and the CRMs differ in ${run.differences} records. ${named}${more}`,
    remedy:
      '`suiterelay reconcile --last` lists them by record, `suiterelay reconcile <flow> --repair` brings them onto their way again.',
  };
}
