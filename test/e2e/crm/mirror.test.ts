import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { withChecksum } from '../../fixtures/crm-ids';
import { startMirrorStage, type MirrorStage } from '../../helpers/mirror-stage';

/** Salesforce ids as an org makes them: 18 characters. */
const SF = {
  account: withChecksum('001MI0000001abc'),
  opportunity: withChecksum('006MI0000001abc'),
  line: withChecksum('00kMI0000001abc'),
};
const HS = { company: '880001', deal: '990001', line: '770001' };

/** A portal with custom objects for the books: the file of the repository, with the type ids of this one. */
const BOOKS = { invoice: '2-9101', payment: '2-9102', credit: '2-9103', request: '2-9104' };
const booksOfHubSpot = (): object[] => {
  const file = path.resolve(__dirname, '../../../crm/hubspot/flows/books.yaml');
  const text = Object.values(BOOKS).reduce(
    (before, id, at) => before.replace(`2-000000${at + 1}`, id),
    readFileSync(file, 'utf8'),
  );
  return (parse(text) as { flows: object[] }).flows;
};

describe('what NetSuite owns shows in both CRMs', () => {
  let stage: MirrorStage;
  const orders: Record<'salesforce' | 'hubspot', string> = { salesforce: '', hubspot: '' };

  beforeAll(async () => {
    stage = await startMirrorStage({}, (config) => config.flows.push(...booksOfHubSpot()));
    defineBooks(stage);
    await stage.linkSalesforce(SF, 'MIR-1');
    await stage.linkHubSpot(HS, 'MIR-1');
    orders.salesforce = await stage.orderOf(`SF_OPP_${SF.opportunity.toUpperCase()}`);
    orders.hubspot = await stage.orderOf(`HS_DEAL_${HS.deal}`);
  });
  afterAll(() => stage.close());

  it('F22: each record says what became of it, failures with their reason, and that they are gone', async () => {
    await stage.awaitSalesforce('Account', SF.account, { NetSuite_Sync_Status__c: 'Synced' });
    await stage.awaitHubSpot('deals', HS.deal, { netsuite_sync_status: 'Synced' });
    const Id = withChecksum('001MI0000009bad');
    stage.salesforce.add('Account', { Id, Name: 'Bad Country', BillingCountryCode: 'Atlantis' });
    const bad = { Id, Name: 'Bad Country', BillingStreet: '1', BillingCity: 'x', BillingCountryCode: 'Atlantis' };
    const [failed] = await stage.sendSalesforce('Account', [bad]);
    await stage.awaitSalesforce('Account', Id, { NetSuite_Sync_Status__c: 'Needs review' });
    const account = (await stage.salesforceRecords('Account')).find((one) => one['Id'] === Id)!;
    expect(account['NetSuite_Sync_Error__c']).toContain('Atlantis');
    await stage.resolve(failed!.operationId);
    await stage.sendSalesforce('Account', [{ ...bad, BillingCountryCode: 'DE' }]);
    await stage.awaitSalesforce('Account', Id, { NetSuite_Sync_Status__c: 'Synced', NetSuite_Sync_Error__c: null });
  });

  it('A03: two fulfilments with three parcels arrive on the right opportunity and deal, and each line knows what has gone out', async () => {
    for (const id of Object.values(orders)) {
      await stage.office.save({ type: 'salesorder', id, fields: { orderstatus: 'B' } });
      await stage.fulfil(id, 2, ['1Z-A', '1Z-B']);
      await stage.fulfil(id, 1, ['1Z-C']);
    }
    const tracking = '1Z-A; 1Z-B; 1Z-C';
    await stage.awaitSalesforce('Opportunity', SF.opportunity, {
      NetSuite_Tracking_Numbers__c: tracking,
      NetSuite_Fulfillment_Status__c: 'Partially Fulfilled',
      NetSuite_Order_Status__c: 'Pending Billing/Partially Fulfilled',
    });
    await stage.awaitHubSpot('deals', HS.deal, {
      netsuite_tracking_numbers: tracking,
      netsuite_fulfillment_status: 'Partially Fulfilled',
    });
    await stage.awaitSalesforce('OpportunityLineItem', SF.line, { NetSuite_Quantity_Fulfilled__c: 3 });
    await stage.awaitHubSpot('line_items', HS.line, { netsuite_quantity_fulfilled: '3' });
    const records = await stage.until(async () => {
      const shown = await stage.salesforceRecords('NetSuite_Fulfillment__c');
      return shown.length >= 2 ? shown : null;
    }, 'both fulfilments as records');
    expect(records.map((record) => record['Tracking_Number__c']).sort()).toEqual(['1Z-A; 1Z-B', '1Z-C']);
    expect(records.every((record) => record['Opportunity__c'] === SF.opportunity)).toBe(true);
  });

  it('A04: an invoice and its payment are visible, on record and opportunity, on deal and balances', async () => {
    for (const id of Object.values(orders)) {
      const invoice = await stage.office.save({
        type: 'invoice',
        from: { type: 'salesorder', id },
        fields: { duedate: '2027-01-31' },
      });
      await stage.pull();
      await stage.office.save({
        type: 'customerpayment',
        from: { type: 'invoice', id: invoice },
        fields: { payment: 20 },
        lines: [{ sublist: 'apply', line: 0, fields: { apply: true, amount: 20 } }],
      });
    }
    // The payment alone says that it happened: the invoice keeps its old date, and follows all the same.
    const paid = { NetSuite_Payment_Status__c: 'Partially Paid', NetSuite_Amount_Paid__c: 20 };
    await stage.awaitSalesforce('Opportunity', SF.opportunity, { ...paid, NetSuite_Invoice_Due_Date__c: '2027-01-31' });
    await stage.awaitHubSpot('deals', HS.deal, {
      netsuite_payment_status: 'Partially Paid',
      netsuite_amount_paid: '20',
    });
    // The record of its own is another write than those to opportunity and deal.
    const [invoice] = await stage.until(async () => {
      const shown = await stage.salesforceRecords('NetSuite_Invoice__c');
      return shown.length > 0 ? shown : null;
    }, 'the invoice as a record');
    expect(invoice).toMatchObject({
      Account__c: SF.account,
      Opportunity__c: SF.opportunity,
      Due_Date__c: '2027-01-31',
    });
    await stage.awaitSalesforce('NetSuite_Invoice__c', String(invoice!['Id']), { Amount_Paid__c: 20 });
    const open = Number(invoice!['Total__c']) - 20;
    await stage.awaitSalesforce('Account', SF.account, { NetSuite_Balance__c: open });
    await stage.awaitHubSpot('companies', HS.company, { netsuite_balance: String(open) });
    await stage.pull();
    await stage.settled();
    expect(await stage.salesforceRecords('NetSuite_Payment__c')).toEqual([
      expect.objectContaining({ Account__c: SF.account, Amount__c: 20 }),
    ]);
    const [line] = await stage.salesforceRecords('NetSuite_Invoice_Line__c');
    expect(line).toMatchObject({ Invoice__c: invoice!['Id'], SKU__c: 'MIR-1' });
  });

  it('nothing is written a second time: another reading of everything leads to no write', async () => {
    await stage.pull();
    await stage.settled();
    const before = await stage.writesToCrms();
    const { pages } = await stage.pull();
    expect(pages.reduce((sum, { writes }) => sum + writes, 0)).toBe(0);
    expect(pages.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBeGreaterThan(5);
    await stage.settled();
    expect(await stage.writesToCrms()).toBe(before);
  });

  it('A38: items, prices per level and currency, and stock per location and in total', async () => {
    await stage.settled();
    const [product] = (await stage.salesforceRecords('Product2')).filter((one) => one['ProductCode'] === 'MIR-1');
    expect(product).toMatchObject({ Name: 'Mirrored', IsActive: true });
    const prices = await stage.salesforceRecords('PricebookEntry');
    expect(prices.filter((one) => one['Product2Id'] === product!['Id']).map((one) => one['UnitPrice'])).toEqual([12.5]);
    const level = (await stage.salesforceRecords('NetSuite_Inventory_Level__c')).find(
      (one) => one['Product__c'] === product!['Id'],
    );
    expect(level).toMatchObject({ Location_ID__c: '1', Available__c: 50 });
    await stage.awaitHubSpotBy('products', 'hs_sku', 'MIR-1', { price: '12.5' });
    await stage.moveStock('MIR-1', 40);
    await stage.pull('salesforce.stock-to-product');
    await stage.awaitSalesforce('Product2', String(product!['Id']), { NetSuite_Quantity_On_Hand__c: 40 });
    await stage.pull('salesforce.stock-to-inventory-level');
    await stage.awaitSalesforce('NetSuite_Inventory_Level__c', String(level!['Id']), { On_Hand__c: 40 });
  });

  it('A39: a credit shows on both sides, and a request for one goes to review and writes nothing', async () => {
    const [invoice] = await stage.salesforceRecords('NetSuite_Invoice__c');
    await stage.office.save({
      type: 'creditmemo',
      from: { type: 'invoice', id: String(invoice!['NetSuite_Internal_ID__c']) },
    });
    await stage.pull();
    await stage.settled();
    expect(await stage.salesforceRecords('NetSuite_Credit__c')).toEqual([
      expect.objectContaining({ Record_Type__c: 'Credit', Account__c: SF.account, Opportunity__c: SF.opportunity }),
    ]);
    const before = (await stage.netsuiteRecords('creditmemo')).length;
    const [operation] = await stage.sendSalesforce('NetSuite_Credit_Request__c', [
      { Id: withChecksum('a0XMI0000001abc'), Account__c: SF.account, Reason__c: 'Damaged', Amount__c: 5 },
    ]);
    expect(operation).toMatchObject({ state: 'review', error: { code: 'NEEDS_DECISION' } });
    expect((await stage.netsuiteRecords('creditmemo')).length).toBe(before);
  });

  it('F14: a credit of a deal shows on it, with its number and what it comes to', async () => {
    const key = (await stage.netsuiteRecords('salesorder')).find(({ id }) => id === orders.hubspot)!.fields['entity'];
    const invoice = (await stage.netsuiteRecords('invoice')).find(({ fields }) => fields['entity'] === key)!;
    const credit = await stage.office.save({ type: 'creditmemo', from: { type: 'invoice', id: invoice.id } });
    await stage.pull('hubspot.billing-to-deal');
    const { fields } = (await stage.netsuiteRecords('creditmemo')).find(({ id }) => id === credit)!;
    await stage.awaitHubSpot('deals', HS.deal, {
      netsuite_credit_number: fields['tranid'],
      netsuite_credit_total: String(Number(fields['total'])),
    });
  });

  it('A39: a deposit and a refund show as records of their own kind below the account', async () => {
    await stage.office.save({
      type: 'customerdeposit',
      from: { type: 'salesorder', id: orders.salesforce },
      fields: { payment: 30 },
    });
    const entity = (await stage.netsuiteRecords('salesorder')).find(({ id }) => id === orders.salesforce)!.fields[
      'entity'
    ];
    const now = new Date().toISOString();
    const money = { total: -5, currency: '1', trandate: now.slice(0, 10), createddate: now, lastmodifieddate: now };
    await stage.control.seed([
      { type: 'customerrefund', fields: { tranid: 'REF-1', customer: entity, entity, ...money } },
    ]);
    await stage.pull('salesforce.credit-to-record');
    await stage.settled();
    const shown = await stage.salesforceRecords('NetSuite_Credit__c');
    expect(shown.map((one) => [one['Record_Type__c'], one['Amount__c'], one['Account__c']])).toEqual(
      expect.arrayContaining([
        ['Deposit', 30, SF.account],
        ['Refund', 5, SF.account],
      ]),
    );
  });

  it('F12, F13, F14: a portal with custom objects shows each invoice, payment, credit, deposit and refund below its company, and a request goes to review', async () => {
    const { fields } = (await stage.netsuiteRecords('salesorder')).find(({ id }) => id === orders.hubspot)!;
    const { entity } = fields;
    const deposit = { from: { type: 'salesorder', id: orders.hubspot }, fields: { payment: 40 } };
    await stage.office.save({ type: 'customerdeposit', ...deposit });
    const now = new Date().toISOString();
    const money = { total: -6, currency: '1', trandate: now.slice(0, 10), createddate: now, lastmodifieddate: now };
    await stage.control.seed([
      { type: 'customerrefund', fields: { tranid: 'REF-2', customer: entity, entity, ...money } },
    ]);
    await stage.pull();
    await stage.settled();
    const shown = (object: string) =>
      stage.hubspotRecords(object).map(({ id, properties }) => {
        const companies = stage.hubspot.links.read(object, 'companies', String(id)).map(({ toObjectId }) => toObjectId);
        return { ...(properties as Record<string, unknown>), companies };
      });
    const companies = [HS.company];
    expect(shown(BOOKS.invoice)).toEqual([
      expect.objectContaining({ due_date: '2027-01-31', total: '100', status: 'Paid In Full', companies }),
    ]);
    expect(shown(BOOKS.payment)).toEqual([expect.objectContaining({ amount: '20', companies })]);
    const credits = shown(BOOKS.credit) as { record_type?: string; amount?: string }[];
    expect(credits.every((one) => JSON.stringify(one).includes(HS.company))).toBe(true);
    expect(credits.map((one) => one.record_type).sort()).toEqual(['Credit', 'Deposit', 'Refund']);
    expect(
      credits
        .filter((one) => one.record_type !== 'Credit')
        .map((one) => one.amount)
        .sort(),
    ).toEqual(['40', '6']);
    const before = (await stage.netsuiteRecords('creditmemo')).length;
    const request = { id: '5', properties: { reason: 'Damaged' } };
    const [operation] = await stage.sendHubSpot(BOOKS.request, [request]);
    expect(operation).toMatchObject({ state: 'review', error: { code: 'NEEDS_DECISION' } });
    expect((await stage.netsuiteRecords('creditmemo')).length).toBe(before);
  });

  it('P34: a mirrored field that somebody edits in the CRM is put back by reconciliation', async () => {
    stage.editSalesforce('Account', SF.account, { NetSuite_Balance__c: 1 });
    const report = await stage.reconcile('salesforce.balances-to-account', true);
    expect(report.drift).toEqual([
      expect.objectContaining({ kind: 'different', field: 'NetSuite_Balance__c', crmValue: 1 }),
    ]);
    await stage.settled();
    const account = (await stage.salesforceRecords('Account')).find((one) => one['Id'] === SF.account);
    expect(account!['NetSuite_Balance__c']).not.toBe(1);
  });

  it('A26: reconciliation finds an invoice and a fulfilment that the CRM lost', async () => {
    const [invoice] = await stage.salesforceRecords('NetSuite_Invoice__c');
    stage.removeSalesforce('NetSuite_Invoice__c', String(invoice!['Id']));
    const invoices = await stage.reconcile('salesforce.invoice-to-record', true);
    expect(invoices.drift).toEqual([
      expect.objectContaining({ kind: 'missingInCrm', rowKey: invoice!['NetSuite_Internal_ID__c'] }),
    ]);
    await stage.settled();
    expect(await stage.salesforceRecords('NetSuite_Invoice__c')).toHaveLength(1);
    const [fulfilment] = await stage.salesforceRecords('NetSuite_Fulfillment__c');
    stage.removeSalesforce('NetSuite_Fulfillment__c', String(fulfilment!['Id']));
    const found = await stage.reconcile('salesforce.fulfillment-to-record', false);
    expect(found.drift).toHaveLength(1);
    expect(found.repaired).toBe(0);
  });

  it('P44: a field that a CRM has lost fails by its name, and what else changes goes on', async () => {
    stage.salesforce.schema.get('Account')!.fields.delete('NetSuite_Credit_Limit__c');
    stage.hubspot.schema.drop('companies', 'netsuite_credit_limit');
    for (const { id } of (await stage.netsuiteRecords('customer')).filter(({ externalId }) => externalId != null))
      await stage.office.save({ type: 'customer', id, fields: { creditlimit: 5000 } });
    for (const id of Object.values(orders)) await stage.fulfil(id, 1, ['1Z-P44']);
    await stage.pull('salesforce.customer-to-account');
    const named = await stage.until(async () => {
      const all = await stage.inReview();
      const [account] = all.filter((one) => one.includes('NetSuite_Credit_Limit__c'));
      const [company] = all.filter((one) => one.includes('netsuite_credit_limit'));
      return account !== undefined && company !== undefined ? { account, company } : null;
    }, 'both failures');
    expect(named.account).toMatch(/^Account: INVALID_FIELD/);
    expect(named.company).toMatch(/^companies: PROPERTY_DOESNT_EXIST/);
    await stage.awaitSalesforce('OpportunityLineItem', SF.line, { NetSuite_Quantity_Fulfilled__c: 4 });
    await stage.awaitHubSpot('line_items', HS.line, { netsuite_quantity_fulfilled: '4' });
  });
});

/** The portal's properties for the books, as its administrator makes them by the flows. */
function defineBooks({ hubspot }: MirrorStage): void {
  for (const flow of booksOfHubSpot() as { object: string; direction: string; fields: { to: string }[] }[]) {
    if (flow.direction !== 'toCrm') continue;
    for (const { to: name } of flow.fields)
      hubspot.schema.create(flow.object, { name, hasUniqueValue: name === 'netsuite_internal_id' });
  }
}
