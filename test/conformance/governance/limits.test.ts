import { callRestlet, openAccount } from '../../helpers/emulator/scripts-in-memory';
import type { AccountKernel } from '../../../emulator/kernel/account';

const SOURCE = `/** @NApiVersion 2.1
 * @NScriptType Restlet */
define(['N/cache', 'N/runtime', 'N/log'], (cache, runtime, log) => {
  const left = () => runtime.getCurrentScript().getRemainingUsage();
  const store = cache.getCache({ name: 'c' });
  const spend = (n) => { for (let i = 0; i < n; i++) store.put({ key: 'k', value: 'v' }); };
  return {
    post: ({ how, n }) => {
      const before = left();
      if (how === 'spend') { spend(n); return { before, after: left() }; }
      if (how === 'swallow') { try { spend(n); } catch (e) { return 'swallowed ' + e.name; } finally { return 'finally'; } }
      if (how === 'again') { let second = 'none'; try { spend(n); } catch (e) { try { log.audit('late', 'free of charge'); } catch (f) { } try { store.put({ key: 'late', value: 'v' }); second = 'ran'; } catch (f) { second = f.name; } } return second; }
      if (how === 'burn') { try { for (;;); } finally { return 'late'; } }
      if (how === 'read') return store.get({ key: 'late' });
      if (how === 'stubborn') { for (;;) { try { store.put({ key: 'k', value: 'v' }); } catch (e) { } } }
    },
  };
});`;

let account: AccountKernel;
beforeAll(async () => {
  account = await openAccount({ scripts: { spender: { source: SOURCE } }, config: { cpuLimitMs: 500 } });
});
afterAll(() => account.close());
afterEach(() => account.faults.clear());

describe('units (section_157072844224, section_N3351480)', () => {
  it('are told exactly by getRemainingUsage', async () => {
    expect((await callRestlet(account, 'spender', { how: 'spend', n: 7 })).body).toEqual({ before: 5000, after: 4993 });
  });

  it('may be used to the last one', async () => {
    expect((await callRestlet(account, 'spender', { how: 'spend', n: 5000 })).body).toEqual({ before: 5000, after: 0 });
  });

  it('end the script when the next call can not be paid; no catch or finally saves its result', async () => {
    const { error, output, execution } = await callRestlet(account, 'spender', { how: 'swallow', n: 5001 });
    expect(error).toMatchObject({ name: 'SSS_USAGE_LIMIT_EXCEEDED' });
    expect(output).toBeUndefined();
    expect(execution.unitsUsed).toBe(5000);
  });

  it('end it again at every later call, which does nothing', async () => {
    const { error, execution } = await callRestlet(account, 'spender', { how: 'again', n: 5001 });
    expect(error).toMatchObject({ name: 'SSS_USAGE_LIMIT_EXCEEDED' });
    expect(execution.logs).toEqual([]);
    expect((await callRestlet(account, 'spender', { how: 'read' })).body).toBeUndefined();
  });

  it('stop a script that goes on calling for ever', async () => {
    expect((await callRestlet(account, 'spender', { how: 'stubborn' })).error).toMatchObject({
      name: 'SSS_USAGE_LIMIT_EXCEEDED',
    });
  });

  it('can be cut by a quota fault', async () => {
    account.faults.add({ kind: 'quota', units: 3, match: { scriptId: 'customscript_spender' } });
    expect((await callRestlet(account, 'spender', { how: 'spend', n: 4 })).error).toMatchObject({
      name: 'SSS_USAGE_LIMIT_EXCEEDED',
    });
  });
});

describe('time (section_161591009480)', () => {
  it('is charged by the call from apiMs, and ends the script at 300 seconds', async () => {
    account.settings.apiMs = { 'cache.put': 30_000 };
    const inside = await callRestlet(account, 'spender', { how: 'spend', n: 10 });
    expect(inside.error).toBeUndefined();
    expect(inside.execution.virtualMs).toBe(300_000);
    const outside = await callRestlet(account, 'spender', { how: 'swallow', n: 11 });
    expect(outside.error).toMatchObject({ name: 'SSS_TIME_LIMIT_EXCEEDED' });
    account.settings.apiMs = {};
  });

  it('is lengthened by virtual latency without anybody waiting', async () => {
    account.faults.add({ kind: 'latency', ms: 60_000, match: { api: 'cache.put' }, times: 2 });
    const started = performance.now();
    const { execution } = await callRestlet(account, 'spender', { how: 'spend', n: 5 });
    expect(execution.virtualMs).toBeGreaterThanOrEqual(120_000);
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});

describe('a script that computes without end (article_1118114507)', () => {
  it('is ended as out of time, or by setting as over its count of statements; no finally saves its result', async () => {
    const burn = async (): Promise<string | undefined> =>
      (await callRestlet(account, 'spender', { how: 'burn' })).error?.name;
    expect(await burn()).toBe('SSS_TIME_LIMIT_EXCEEDED');
    Object.assign(account.settings, { cpuLimitError: 'statements' });
    expect(await burn()).toBe('SSS_STATEMENT_COUNT_EXCEEDED');
  });
});
