import { execFile } from 'node:child_process';
import { findBuilt } from '../../../demo/child-process';
import { withChecksum } from '../../fixtures/crm-ids';
import { openAlertInbox } from '../../helpers/alert-inbox';
import { startMirrorStage, type MirrorStage } from '../../helpers/mirror-stage';

const SF = {
  account: withChecksum('001RE0000001abc'),
  opportunity: withChecksum('006RE0000001abc'),
  line: withChecksum('00kRE0000001abc'),
};
const HS = { company: '881001', deal: '991001', line: '771001' };
const ORDERS = 'salesforce.opportunity-to-salesorder';
const DEALS = 'hubspot.deal-to-salesorder';
const LOST = withChecksum('006RE0000002abc');
const lostKey = `SF_OPP_${LOST.toUpperCase()}`;

describe('both sides are compared every night, by counts, hashes and records', () => {
  let stage: MirrorStage;
  let inbox: Awaited<ReturnType<typeof openAlertInbox>>;

  beforeAll(async () => {
    inbox = await openAlertInbox();
    stage = await startMirrorStage(
      {},
      {
        reconcile: { cron: '*/5 * * * * *', graceMinutes: 0 },
        alerts: [{ type: 'webhook', url: inbox.url, on: ['drift'], everyMinutes: 0.001 }],
      },
    );
    await stage.linkSalesforce(SF, 'MIR-1');
    await stage.linkHubSpot(HS, 'MIR-1');
    await stage.awaitSalesforce('Opportunity', SF.opportunity, { NetSuite_Sync_Status__c: 'Synced' });
    await stage.awaitHubSpot('deals', HS.deal, { netsuite_sync_status: 'Synced' });
    await stage.pull();
    await stage.settled();
  });
  afterAll(async () => {
    await stage.close();
    inbox.close();
  });

  it('A26: what arrived is proven by equal counts and hashes of both sides, day by day', async () => {
    // Fields that were never sent prove nothing: a first repair has every record read whole.
    expect((await stage.reconcileAll(true)).differences).toBe(0);
    await stage.settled();
    for (const flow of [ORDERS, DEALS, 'salesforce.account-to-customer', 'hubspot.company-to-customer']) {
      const { periods, differences, compared, unproven } = await stage.reconcile(flow, false);
      expect({ flow, differences, compared, unproven }).toEqual({ flow, differences: 0, compared: 1, unproven: 0 });
      expect(periods).toEqual([expect.objectContaining({ equal: true })]);
      expect(periods[0]!.crm).toEqual({ count: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
      expect(periods[0]!.netsuite).toEqual(periods[0]!.crm);
    }
  });

  it('A26: a won opportunity that never reached NetSuite is told by the nightly run, and repair brings it in', async () => {
    stage.addWonOpportunity({ ...SF, opportunity: LOST, line: withChecksum('00kRE0000002abc') }, 'MIR-1');
    const alert = await stage.until(
      () => Promise.resolve(inbox.told.find(({ data }) => data.title.includes(`${ORDERS}: 1`)) ?? null),
      'the alert of the nightly run',
    );
    expect(alert.type).toBe('suiterelay.alert.drift');
    expect(alert.data.remedy).toContain('suiterelay reconcile');
    const last = await stage.lastReconcile();
    expect(last.flows.find(({ flow }) => flow === ORDERS)!.drift).toEqual([
      expect.objectContaining({ kind: 'missingInNetSuite', rowKey: lostKey, crmId: LOST }),
    ]);
    const before = await stage.reconcile(ORDERS, true);
    expect(before).toMatchObject({ differences: 1, repaired: 1, compared: 2 });
    const [day] = before.periods;
    expect(day).toMatchObject({ equal: false, crm: { count: 2 }, netsuite: { count: 1 } });
    await stage.awaitSalesforce('Opportunity', LOST, { NetSuite_Sync_Status__c: 'Synced' });
    await stage.settled();
    const after = await stage.reconcile(ORDERS, false);
    expect(after).toMatchObject({ differences: 0, compared: 2, unproven: 0 });
    expect(after.periods.every(({ equal }) => equal)).toBe(true);
    expect((await stage.netsuiteRecords('salesorder')).filter(({ externalId }) => externalId === lostKey)).toHaveLength(
      1,
    );
  });

  it('A26: a sales order that NetSuite lost without a word is found missing, and comes back by repair', async () => {
    await stage.control.save({ type: 'salesorder', id: await stage.orderOf(lostKey), delete: true, triggers: false });
    const found = await stage.reconcile(ORDERS, true);
    expect(found.drift).toEqual([expect.objectContaining({ kind: 'missingInNetSuite', rowKey: lostKey })]);
    await stage.until(
      async () => ((await stage.netsuiteRecords('salesorder')).some((one) => one.externalId === lostKey) ? true : null),
      'the sales order to be there again',
    );
    await stage.settled();
    expect((await stage.reconcile(ORDERS, false)).differences).toBe(0);
  });

  it('a change whose notice was lost is named with its fields, in both CRMs, and repair carries it over', async () => {
    stage.salesforce.edit('Account', SF.account, { Phone: '+1 650 555 0100' });
    stage.hubspot.edit('companies', HS.company, { phone: '+1 650 555 0200' });
    for (const [flow, key] of [
      ['salesforce.account-to-customer', `SF_ACCT_${SF.account.toUpperCase()}`],
      ['hubspot.company-to-customer', `HS_COMP_${HS.company}`],
    ] as const) {
      const report = await stage.reconcile(flow, true);
      expect(report.drift).toEqual([expect.objectContaining({ kind: 'different', field: 'phone', rowKey: key })]);
      expect(report.periods).toEqual([expect.objectContaining({ equal: false })]);
    }
    await stage.until(async () => {
      const phones = (await stage.netsuiteRecords('customer')).map(({ fields }) => fields['phone']);
      return phones.includes('+1 650 555 0100') && phones.includes('+1 650 555 0200') ? true : null;
    }, 'both phone numbers');
    await stage.settled();
    expect((await stage.reconcile('salesforce.account-to-customer', false)).differences).toBe(0);
  });

  it('A26: a copy of what NetSuite deleted, and a record whose original the CRM deleted, are listed and left to a person', async () => {
    const invoice = await stage.office.save({
      type: 'invoice',
      from: { type: 'salesorder', id: await stage.orderOf(lostKey) },
    });
    await stage.pull('salesforce.invoice-to-record');
    await stage.settled();
    expect(await stage.salesforceRecords('NetSuite_Invoice__c')).toHaveLength(1);
    await stage.control.save({ type: 'invoice', id: invoice, delete: true, triggers: false });
    const orphans = await stage.reconcile('salesforce.invoice-to-record', true);
    expect(orphans.drift).toEqual([expect.objectContaining({ kind: 'missingInNetSuite', rowKey: invoice })]);
    expect(await stage.salesforceRecords('NetSuite_Invoice__c')).toHaveLength(1);
    stage.salesforce.remove('Opportunity', LOST);
    const vanished = await stage.reconcile(ORDERS, true);
    expect(vanished.drift).toEqual([expect.objectContaining({ kind: 'missingInCrm', rowKey: lostKey, crmId: LOST })]);
    expect((await stage.netsuiteRecords('salesorder')).filter(({ externalId }) => externalId === lostKey)).toHaveLength(
      1,
    );
  });

  it('the command line lists what the last night found, and ends with 1 while anything differs', async () => {
    const env = { ...process.env, SUITERELAY_URL: stage.url, SUITERELAY_KEY: stage.keys.admin };
    const reconcile = (...args: string[]): Promise<{ code: number; stdout: string }> =>
      new Promise((resolve) => {
        execFile(process.execPath, [findBuilt('relay', 'cli.cjs'), 'reconcile', ...args], { env }, (error, stdout) =>
          resolve({ code: error === null ? 0 : Number(error.code), stdout }),
        );
      });
    expect(await reconcile(DEALS)).toMatchObject({ code: 0, stdout: expect.stringContaining('1 of 1') as string });
    const listed = await reconcile(ORDERS);
    expect(listed.code).toBe(1);
    expect(listed.stdout).toContain(`missing in the CRM   ${ORDERS}  Opportunity ${LOST} ${lostKey}`);
    expect((await reconcile('--last', '--json')).stdout).toContain('"account":');
  });

  it('a flow that can not be compared is named, and the others are compared all the same', async () => {
    stage.salesforce.intercept((call) =>
      /\/query(All)?$/.test(call.path) && call.query.get('q')?.includes('FROM Contact ')
        ? { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'down' }] }
        : undefined,
    );
    // A CRM that is only busy is asked again.
    stage.hubspot.throttleNext(1, 'SECONDLY');
    const run = await stage.reconcileAll();
    stage.salesforce.intercept(() => undefined);
    expect(run.flows.find(({ flow }) => flow === 'salesforce.contact-to-contact')!.failed).toContain('down');
    expect(run.flows.find(({ flow }) => flow === DEALS)).toMatchObject({ differences: 0, compared: 1 });
    expect(run.flows.find(({ flow }) => flow === DEALS)!.failed).toBeUndefined();
  });
});
