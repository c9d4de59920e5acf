import { judgeRun } from '../../../../relay/alerts/judge-runs';
import { newReport, type FlowReport } from '../../../../relay/reconcile/report';
import { dayOf, sumLines } from '../../../../relay/reconcile/sum-lines';

const day = dayOf('2026-11-20T23:59:59Z');
const a = { key: 'A', crm: '1', netsuite: '1' };
const b = { key: 'B', crm: '2', netsuite: '2' };

describe('the sums of a day', () => {
  it('are equal for the same content, whatever order it was read in, and a key that came twice counts once', () => {
    const [one, other] = [sumLines(day, [a, b]), sumLines(day, [b, a, b])];
    expect(one).toEqual(other);
    expect(one).toMatchObject({ equal: true, crm: { count: 2 }, netsuite: { count: 2 } });
  });

  it('differ by count when one side lacks a record, and by hash alone when a content differs', () => {
    expect(sumLines(day, [a, { ...b, netsuite: null }])).toMatchObject({ equal: false, netsuite: { count: 1 } });
    const changed = sumLines(day, [a, { ...b, netsuite: '3' }]);
    expect(changed).toMatchObject({ equal: false, crm: { count: 2 }, netsuite: { count: 2 } });
    expect(changed.crm.hash).not.toBe(changed.netsuite.hash);
  });

  it('belong to the day in UTC', () =>
    expect(day).toEqual({ from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' }));
});

describe('the alert about a nightly run', () => {
  const flow = { id: 'f', direction: 'toNetSuite', object: 'Account', recordType: 'customer' } as const;
  const run = (...flows: FlowReport[]) => ({ account: 'A1', at: '2026-11-20T04:30:00Z', differences: 2, flows });

  it('names the flows that differ and those that could not be compared, once a run', () => {
    const wrong = run({ ...newReport(flow), differences: 2 }, { ...newReport({ ...flow, id: 'g' }), failed: 'down' });
    const title = judgeRun(wrong, null)!.title;
    expect(title).toContain('f: 2; g: could not be compared (down)');
    expect(judgeRun(wrong, wrong.at)).toBeNull();
  });

  it('is silent while nothing differs, also when something is pending or unproven', () =>
    expect(judgeRun(run({ ...newReport(flow), pending: 3, unproven: 1 }), null)).toBeNull());
});
