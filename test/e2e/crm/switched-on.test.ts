import { withChecksum } from '../../fixtures/crm-ids';
import { openAlertInbox } from '../../helpers/alert-inbox';
import { startMirrorStage, type MirrorStage } from '../../helpers/mirror-stage';

const SF = {
  account: withChecksum('001SW0000001abc'),
  order: withChecksum('801SW0000001abc'),
  item: withChecksum('802SW0000001abc'),
  case: withChecksum('500SW0000001abc'),
  stranger: withChecksum('500SW0000002abc'),
};
const HS = { company: '882001', order: '992001', line: '772001', ticket: '662001' };

/** Flows that ship switched off, and the won-deal flows that they take the place of. */
const ON = [
  'salesforce.order-to-salesorder',
  'salesforce.salesorder-to-order',
  'salesforce.shipment-to-order',
  'salesforce.netsuite-order-to-order',
  'salesforce.contract-to-opportunity',
  'hubspot.order-to-salesorder',
  'hubspot.salesorder-to-order',
  'hubspot.shipment-to-order',
  'hubspot.netsuite-order-to-order',
  'hubspot.contract-to-deal',
];
const DAY_MS = 86_400_000;
const today = new Date().toISOString().slice(0, 10);
const earlier = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

describe('flows that ship switched off, or wait for a setting, run once they are switched on', () => {
  let stage: MirrorStage;
  let inbox: Awaited<ReturnType<typeof openAlertInbox>>;

  beforeAll(async () => {
    inbox = await openAlertInbox();
    stage = await startMirrorStage({ multiCurrency: true }, (config) => {
      config.flows.push(...ON.map((id) => ({ id, enabled: true })));
      config['crm'] = (config['crm'] as object[]).map((crm) => ({ ...crm, poll: { everySeconds: 5 } }));
      config['alerts'] = [{ type: 'webhook', url: inbox.url, on: ['rates'], everyMinutes: 0.001 }];
    });
    await stage.sent('salesforce', 'Account', { Id: SF.account, Name: 'Switch GmbH' });
    await stage.sent('hubspot', 'companies', { id: HS.company, properties: { name: 'Switch Ltd' } });
    await stage.sent('salesforce', 'Order', {
      Id: SF.order,
      AccountId: SF.account,
      Status: 'Activated',
      EffectiveDate: '2026-11-02',
      OrderItems: {
        totalSize: 1,
        done: true,
        records: [{ Id: SF.item, Quantity: 5, UnitPrice: 20, Product2: { ProductCode: 'MIR-1' } }],
      },
    });
    await stage.sent('hubspot', 'orders', {
      id: HS.order,
      properties: {
        hs_order_name: 'Web order',
        hs_currency_code: 'USD',
        send_to_netsuite: 'true',
        hs_createdate: '2026-11-02T12:00:00Z',
      },
      associations: { companies: { results: [{ id: HS.company, type: 'order_to_company' }] } },
      lineItems: [
        { id: HS.line, properties: { hs_sku: 'MIR-1', quantity: '5', price: '20', hs_line_item_currency_code: 'USD' } },
      ],
    });
    await stage.settled();
  });
  afterAll(async () => {
    await stage.close();
    inbox.close();
  });

  const orderIds = async (): Promise<string[]> => [
    await stage.orderOf(`SF_ORD_${SF.order.toUpperCase()}`),
    await stage.orderOf(`HS_ORD_${HS.order}`),
  ];

  it('F6, F10, F11: an order object becomes a sales order, and shows its number, state, total and tracking', async () => {
    for (const id of await orderIds()) {
      await stage.office.save({ type: 'salesorder', id, fields: { orderstatus: 'B' } });
      await stage.fulfil(id, 2, ['1Z-ORD']);
    }
    await stage.awaitSalesforce('Order', SF.order, {
      NetSuite_Order_Status__c: 'Pending Billing/Partially Fulfilled',
      NetSuite_Order_Total__c: 100,
      NetSuite_Tracking_Numbers__c: '1Z-ORD',
      NetSuite_Fulfillment_Status__c: 'Partially Fulfilled',
    });
    await stage.awaitHubSpot('orders', HS.order, {
      hs_external_order_status: 'Pending Billing/Partially Fulfilled',
      hs_total_price: '100',
      hs_shipping_tracking_number: '1Z-ORD',
      hs_fulfillment_status: 'Partially Fulfilled',
    });
  });

  it('F24: an order that was entered in NetSuite appears as an order of the linked account and company, once', async () => {
    const customers = await stage.netsuiteRecords('customer');
    const made: string[] = [];
    for (const key of [`SF_ACCT_${SF.account.toUpperCase()}`, `HS_COMP_${HS.company}`]) {
      const entity = customers.find(({ externalId }) => externalId === key)!.id;
      const lines = [{ sublist: 'item', fields: { item: await stage.itemOf('MIR-1'), quantity: 1, rate: 7 } }];
      made.push(await stage.office.save({ type: 'salesorder', fields: { entity }, lines }));
    }
    await stage.pull();
    await stage.settled();
    await stage.pull();
    await stage.settled();
    const orders = (await stage.salesforceRecords('Order')).filter(({ Id }) => Id !== SF.order);
    expect(orders).toEqual([
      expect.objectContaining({ AccountId: SF.account, NetSuite_Internal_ID__c: made[0], NetSuite_Order_Total__c: 7 }),
    ]);
    const ours = stage.hubspotRecords('orders').filter(({ id }) => id !== HS.order);
    expect(ours.map(({ properties }) => properties)).toEqual([
      expect.objectContaining({ hs_external_order_id: made[1], hs_total_price: '7', hs_currency_code: 'USD' }),
    ]);
  });

  it('F18: exchange rates arrive by day in both CRMs, as each of them counts, and a later correction updates them', async () => {
    const eur = await stage.seedRate('EUR', 1.25, earlier(1));
    await stage.pull('salesforce.rate-to-conversion-rate');
    await stage.pull('hubspot.rate-to-exchange-rate');
    await stage.settled();
    const dated = (await stage.salesforceRecords('DatedConversionRate')).filter(
      ({ StartDate }) => StartDate === earlier(1),
    );
    expect(dated).toEqual([expect.objectContaining({ IsoCode: 'EUR', ConversionRate: 0.8 })]);
    const held = stage.hubspotRates().filter(({ effectiveAt }) => String(effectiveAt).startsWith(earlier(1)));
    expect(held).toEqual([expect.objectContaining({ fromCurrencyCode: 'EUR', conversionRate: 1.25 })]);
    await stage.seedRate('EUR', 1.6, earlier(1), eur);
    await stage.pull('salesforce.rate-to-conversion-rate');
    await stage.settled();
    const corrected = (await stage.salesforceRecords('DatedConversionRate')).filter(
      ({ StartDate }) => StartDate === earlier(1),
    );
    expect(corrected).toEqual([expect.objectContaining({ IsoCode: 'EUR', ConversionRate: 0.625 })]);
    expect(stage.hubspotRates().filter(({ effectiveAt }) => String(effectiveAt).startsWith(earlier(1)))).toEqual([
      expect.objectContaining({ conversionRate: 1.6 }),
    ]);
  });

  it('F18: a rate that is old, and one that jumps, are told once', async () => {
    await stage.seedRate('GBP', 1.3, earlier(30));
    await stage.seedRate('EUR', 3.2, today);
    await stage.pull('salesforce.rate-to-conversion-rate');
    const alert = await stage.until(
      () => Promise.resolve(inbox.told.find(({ data }) => data.title.includes('EUR: moved by 100.0 %')) ?? null),
      'the alert about rates',
    );
    expect(alert.type).toBe('suiterelay.alert.rates');
    expect(alert.data.title).toContain(`GBP: the newest rate is of ${earlier(30)}, 30 days old`);
  });

  it('F19: a contract’s dates appear on the opportunity and the deal of its sales order', async () => {
    const ids = {
      account: SF.account,
      opportunity: withChecksum('006SW0000001abc'),
      line: withChecksum('00kSW0000001abc'),
    };
    await stage.linkSalesforce(ids, 'MIR-1');
    await stage.linkHubSpot({ company: HS.company, deal: '992002', line: '772002' }, 'MIR-1');
    for (const key of [`SF_OPP_${ids.opportunity.toUpperCase()}`, 'HS_DEAL_992002'])
      await stage.office.save({
        type: 'salesorder',
        id: await stage.orderOf(key),
        fields: { startdate: '2026-12-01', enddate: '2027-11-30' },
      });
    await stage.awaitSalesforce('Opportunity', ids.opportunity, {
      NetSuite_Contract_Start__c: '2026-12-01',
      NetSuite_Contract_End__c: '2027-11-30',
    });
    await stage.awaitHubSpot('deals', '992002', {
      netsuite_contract_start: '2026-12-01',
      netsuite_contract_end: '2027-11-30',
    });
  });

  it('A36: a case and a ticket show what NetSuite knows of their customer, and follow when that changes', async () => {
    stage.salesforce.add('Case', { Id: SF.case, AccountId: SF.account, Subject: 'Broken' });
    stage.salesforce.edit('Case', SF.case, {});
    stage.salesforce.add('Case', { Id: SF.stranger, AccountId: withChecksum('001SW0000009xyz'), Subject: 'Who?' });
    stage.salesforce.edit('Case', SF.stranger, {});
    stage.hubspot.add('tickets', { id: HS.ticket, properties: { subject: 'Broken' } });
    stage.hubspot.links.addDefault('tickets', HS.ticket, 'companies', HS.company);
    stage.hubspot.edit('tickets', HS.ticket, { subject: 'Broken again' });
    await stage.awaitSalesforce('Case', SF.case, {
      NetSuite_Context_Note__c: null,
      NetSuite_Entitlement_Active__c: true,
      NetSuite_Entitlement_End__c: '2027-11-30',
      NetSuite_Purchased_Items__c: 'MIR-1 x 11',
      NetSuite_Open_Shipments__c: 3,
    });
    await stage.awaitHubSpot('tickets', HS.ticket, {
      netsuite_purchased_items: 'MIR-1 x 11',
      netsuite_entitlement_active: 'true',
    });
    await stage.awaitSalesforce('Case', SF.stranger, {
      NetSuite_Context_Note__c: 'No context: NetSuite has no customer for this account.',
    });
    stage.salesforce.remove('Case', SF.stranger);
    const [id] = await orderIds();
    await stage.fulfil(id!, 3, ['1Z-REST']);
    await stage.awaitSalesforce('Case', SF.case, { NetSuite_Open_Shipments__c: 2 });
    await stage.settled();
    expect((await stage.inReview()).filter((one) => /^(Case|tickets):/.test(one))).toEqual([]);
  });

  it('A36: a card or a Flow asks for the same by the account, in one call', async () => {
    const ask = async (customer: string, key: string): Promise<{ status: number; body: Record<string, unknown> }> => {
      const answer = await fetch(`${stage.url}/v1/context?customer=${customer}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    expect(await ask(SF.account, stage.keys.salesforce)).toMatchObject({
      status: 200,
      body: { found: true, entitlementActive: true, openShipments: 2, purchasedItems: 'MIR-1 x 11', note: null },
    });
    expect(await ask('424242', stage.keys.hubspot)).toMatchObject({
      status: 200,
      body: {
        found: false,
        customer: { externalId: 'HS_COMP_424242', internalId: null },
        note: expect.stringContaining('No context') as string,
      },
    });
    expect((await ask('nonsense', stage.keys.salesforce)).status).toBe(422);
    expect((await ask(SF.account, 'srl_wrong')).status).toBe(401);
  });
});
