import type { ChangeEvent } from '../../../contract/change-event';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { untilIdle } from '../../helpers/netsuite/until-idle';
import { batch, customer, resultsOf, value } from '../../helpers/netsuite/operations';

type Row = Record<string, unknown>;

/** SuiteQL shows the account's own time, which leaves an hour out in spring and has one twice in autumn. */
describe('the nights in which the account’s clocks change', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount({ timeZone: 'America/Los_Angeles' });
  });
  afterAll(() => account.stop());
  beforeEach(async () => {
    await account.control('POST', 'reset');
  });

  const at = async (instant: string): Promise<void> => {
    await account.control('POST', 'clock', { set: instant });
    await untilIdle(account);
  };
  const seedItems = (modified: Readonly<Record<string, string>>): Promise<unknown> =>
    account.seed(
      Object.entries(modified).map(([itemid, lastmodifieddate]) => ({
        type: 'noninventoryitem',
        externalId: itemid,
        fields: { itemid, isinactive: false, lastmodifieddate },
      })),
    );
  const itemsSince = async (since: string): Promise<Row> => {
    const { body } = await account.restlet('read', undefined, { query: `&page=items&since=${since}` });
    return Object.fromEntries((body['rows'] as Row[]).map((row) => [row['sku'], row['lastModified']])) as Row;
  };

  test('in spring nothing is left out that changed in the hour before', async () => {
    await seedItems({ OLD: '2027-03-14T08:50:00Z', BEFORE: '2027-03-14T09:30:00Z', AFTER: '2027-03-14T10:00:20Z' });
    await at('2027-03-14T10:00:30Z');
    expect(await itemsSince('2027-03-14T08:55:00Z')).toEqual({
      BEFORE: '2027-03-14T09:30:00.000Z',
      AFTER: '2027-03-14T10:00:20.000Z',
    });
  });

  test('in autumn the hour that comes twice is read as what it was, and nothing of it twice', async () => {
    await seedItems({ FIRST: '2026-11-01T08:40:00Z' });
    await at('2026-11-01T08:45:00Z');
    expect(await itemsSince('2026-11-01T08:30:00Z')).toEqual({ FIRST: '2026-11-01T08:40:00.000Z' });
    await seedItems({ SECOND: '2026-11-01T09:10:00Z' });
    await at('2026-11-01T09:15:00Z');
    expect(await itemsSince('2026-11-01T08:30:00Z')).toEqual({
      FIRST: '2026-11-01T08:40:00.000Z',
      SECOND: '2026-11-01T09:10:00.000Z',
    });
  });

  test('in winter a change of the summer has the time it had then', async () => {
    await seedItems({ SUMMER: '2026-07-01T12:00:00Z' });
    await at('2026-12-01T12:00:00Z');
    expect(await itemsSince('2026-07-01T11:30:00Z')).toEqual({ SUMMER: '2026-07-01T12:00:00.000Z' });
    expect(await itemsSince('2026-07-01T12:30:00Z')).toEqual({});
  });

  test('periods that adjoin in that night share no record and leave none out', async () => {
    const modified = { A: '08:20', B: '08:59', C: '09:00', D: '09:20', E: '09:59', F: '10:00' };
    const seeded = Object.entries(modified).map(([name, time]) => ({
      type: 'customer',
      externalId: name,
      fields: { companyname: name, lastmodifieddate: `2026-11-01T${time}:00Z` },
    }));
    await account.seed(seeded);
    await at('2026-11-02T12:00:00Z');
    const found: string[] = [];
    const bounds = ['07:30', '08:30', '09:10', '09:40', '10:30'].map((time) => `2026-11-01T${time}:00Z`);
    for (const [index, from] of bounds.slice(0, -1).entries()) {
      const { body } = await account.restlet('reconcile', { recordType: 'customer', from, to: bounds[index + 1] });
      found.push(...(body['rows'] as { externalId: string }[]).map(({ externalId }) => externalId));
    }
    expect(found.sort()).toEqual(Object.keys(modified));
  });

  test('a day that begins at one o’clock is told as that day', async () => {
    const chile = await startAccount({ timeZone: 'America/Santiago' });
    const fields = { companyname: 'Spring in Chile', subsidiary: '1', startdate: '2026-09-06' };
    await chile.control('POST', 'ui/save', { type: 'customer', fields });
    const { body } = await chile.restlet('changes', undefined, { query: '&after=0' });
    const [event] = (body as unknown as { events: ChangeEvent[] }).events;
    expect(event?.data.changes).toContainEqual({ field: 'startdate', old: null, new: '2026-09-06' });
    await chile.stop();
  });

  describe('the sweep', () => {
    const sweep = (): Promise<unknown> =>
      account.control('POST', 'scripts/customscript_srl_sweep/customdeploy_srl_sweep_2/run', {
        wait: true,
        params: { custscript_srl_sweep_types: 'customer' },
      });
    const events = async (): Promise<[string | null, string | undefined][]> => {
      const { body } = await account.restlet('changes', undefined, { query: '&after=0&limit=1000' });
      const found = (body as unknown as { events: ChangeEvent[] }).events;
      if (found.length > 0) await account.restlet('changes', { acknowledge: found.map(({ id }) => id) });
      return found.map(({ data }) => [data.externalId, data.foundBy]);
    };
    const write = async (externalId: string): Promise<string> => {
      const [result] = resultsOf(
        await account.restlet('upsert', batch([customer(externalId, { companyname: value(externalId) })])),
      );
      return result?.internalId ?? '';
    };
    const silently = (id: string): Promise<unknown> =>
      account.control('POST', 'ui/save', { type: 'customer', id, fields: { phone: '1' }, triggers: false });

    test.each([
      ['spring', ['2027-03-14T09:20:00Z', '2027-03-14T09:35:00Z', '2027-03-14T10:20:00Z']],
      ['autumn', ['2026-11-01T08:05:00Z', '2026-11-01T08:35:00Z', '2026-11-01T09:05:00Z']],
    ])('finds in %s what changed silently an hour ago, and nothing else', async (_, [written, edited, swept]) => {
      await at(written!);
      await write('SF_ACCT_SEEN');
      const id = await write('SF_ACCT_SILENT');
      await events();
      await at(edited!);
      await silently(id);
      await at(swept!);
      await sweep();
      expect(await events()).toEqual([['SF_ACCT_SILENT', 'sweep']]);
    });
  });
});
