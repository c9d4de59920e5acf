import { DOCUMENTED, OBSERVED, priceOf, SCRIPT_LIMITS } from '../../../emulator/kernel/governance';
import type { GovernanceClass } from '../../../emulator/kernel/types';

const units = (api: string, recordClass?: GovernanceClass, kind?: string): number | undefined =>
  priceOf(DOCUMENTED[api], recordClass, kind);

describe('the governance table (section_157072844224)', () => {
  it.each([
    ['record.create', 10, 2, 5],
    ['record.load', 10, 2, 5],
    ['record.copy', 10, 2, 5],
    ['record.transform', 10, 2, 5],
    ['record.submitFields', 10, 2, 5],
    ['record.save', 20, 4, 10],
    ['record.delete', 20, 4, 10],
    ['record.attach', 10, 10, 10],
    ['record.detach', 10, 10, 10],
  ])('bills %s %i, %i and %i by record class', (api, transaction, custom, other) => {
    expect([units(api, 'transaction'), units(api, 'custom'), units(api, 'other')]).toEqual([
      transaction,
      custom,
      other,
    ]);
  });

  it.each([
    ['search.lookupFields', 1],
    ['search.getRange', 10],
    ['search.each', 10],
    ['search.load', 5],
    ['search.fetch', 5],
    ['query.runSuiteQL', 10],
    ['https.post', 10],
    ['email.send', 20],
    ['file.load', 10],
    ['file.save', 20],
    ['cache.get', 1],
    ['config.load', 10],
  ])('bills %s %i', (api, price) => {
    expect(units(api)).toBe(price);
  });

  it('bills task.submit by the kind of task', () => {
    expect([units('task.submit', undefined, 'MAP_REDUCE'), units('task.submit', undefined, 'CSV_IMPORT')]).toEqual([
      20, 100,
    ]);
  });

  it('observes paging as free and triggering a workflow as 100', () => {
    expect(priceOf(OBSERVED['search.fetch'], undefined)).toBe(0);
    expect(priceOf(OBSERVED['task.submit'], undefined, 'WORKFLOW_TRIGGER')).toBe(100);
  });
});

describe("Oracle's worked examples", () => {
  it('a User Event that deletes and saves a transaction: 40 units', () => {
    expect((units('record.delete', 'transaction') ?? 0) + (units('record.save', 'transaction') ?? 0)).toBe(40);
  });
  it('a scheduled script that loads and transforms a customer and sends an e-mail: 30 units', () => {
    expect(
      (units('record.load', 'other') ?? 0) + (units('record.transform', 'other') ?? 0) + (units('email.send') ?? 0),
    ).toBe(30);
  });
});

describe('limits per script type (section_N3351480, section_4480364878)', () => {
  it.each([
    ['restlet', 5000, 300],
    ['userevent', 1000, 300],
    ['scheduled', 10_000, 3600],
    ['suitelet', 1000, 300],
    ['massupdate', 1000, 300],
    ['workflowaction', 1000, 300],
  ] as const)('%s: %i units, %i s', (type, limit, seconds) => {
    expect(SCRIPT_LIMITS[type]).toEqual({ units: limit, ms: seconds * 1000 });
  });

  it.each([
    ['getInputData', 10_000, 3600],
    ['map', 1000, 300],
    ['reduce', 5000, 900],
    ['summarize', 10_000, 3600],
  ])('Map/Reduce %s: %i units, %i s', (stage, limit, seconds) => {
    expect(SCRIPT_LIMITS.mapreduce[stage]).toEqual({ units: limit, ms: seconds * 1000 });
  });
});
