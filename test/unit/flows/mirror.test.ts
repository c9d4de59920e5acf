import { loadFlows, mapRow, PRESETS } from '../../../flows';
import { mapFields } from '../../../flows/map-fields';
import { isDenied } from '../../../contract';
import { wantedObjects } from '../../../relay/crm/wanted-objects';

const BOOKS = ['invoice', 'cashsale', 'customerpayment', 'creditmemo', 'customerrefund', 'customerdeposit'];
const all = Object.values(PRESETS).flat();
const flow = (id: string) => all.find((one) => one.id === id)!;
const accountName = flow('salesforce.account-to-customer').fields.find(({ to }) => to === 'companyname')!;
const set = loadFlows({ presets: ['salesforce', 'hubspot'], settings: { multiCurrency: true } });

describe('flows towards the CRMs', () => {
  it.each(BOOKS)('P7: no flow that ships lets a CRM write a %s, whatever is switched on', (recordType) => {
    const enabled = Object.fromEntries(all.map(({ id }) => [id, true]));
    const writing = all.filter((one) => one.direction === 'toNetSuite' && one.recordType === recordType);
    expect(writing.every(({ reviewOnly }) => reviewOnly)).toBe(true);
    expect(Object.keys(enabled).length).toBe(all.length);
    const unleashed = { ...flow('salesforce.credit-request-to-review'), id: 'a.b', recordType, reviewOnly: false };
    expect(() => loadFlows({ files: [{ name: 'x', text: JSON.stringify(unleashed) }] })).toThrow(
      'belongs to the books',
    );
  });

  it('P7: no flow that ships maps onto a field that NetSuite computes, tax included, nor a tax field onto the CRM', () => {
    const inbound = all.filter(({ direction }) => direction === 'toNetSuite');
    const targets = inbound.flatMap((one) => [...one.fields, ...one.lines.flatMap(({ fields }) => fields)]);
    expect(targets.filter(({ to }) => isDenied(to))).toEqual([]);
    const outbound = all.filter(({ direction }) => direction === 'toCrm').flatMap(({ fields }) => fields);
    expect(outbound.filter(({ to, from }) => /tax/i.test(`${to} ${String(from)}`))).toEqual([]);
  });

  it('A19: a rate is written as units of the currency for one of the base, dated, and never for the base itself', () => {
    const row = { base: 'USD', currency: 'EUR', rate: 1.25, effectiveDate: '2026-11-20' };
    const made = mapRow(
      flow('salesforce.rate-to-conversion-rate'),
      { ...row, rateKey: 'EUR|2026-11-20', sameCurrency: false },
      set.context,
    );
    expect(made).toMatchObject({
      matches: [{ field: 'IsoCode+StartDate', value: 'EUR|2026-11-20' }],
      fields: { ConversionRate: 0.8 },
      onCreate: { IsoCode: 'EUR', StartDate: '2026-11-20' },
    });
    const hubspot = mapRow(
      flow('hubspot.rate-to-exchange-rate'),
      { ...row, rateKey: 'EUR|2026-11-20', sameCurrency: false },
      set.context,
    );
    expect(hubspot?.fields).toEqual({ conversionRate: 1.25 });
    const own = { ...row, currency: 'USD', rateKey: 'USD|2026-11-20', sameCurrency: true };
    expect(mapRow(flow('salesforce.rate-to-conversion-rate'), own, set.context)).toBeNull();
    const single = loadFlows({ presets: ['salesforce'] }).context;
    expect(mapRow(flow('salesforce.rate-to-conversion-rate'), { ...own, sameCurrency: false }, single)).toBeNull();
  });

  it('a price of another currency has a field of its own, and only the base level is HubSpot’s', () => {
    const price = {
      sku: 'A-1',
      internalId: '5',
      priceLevel: '1',
      currency: 'EUR',
      unitPrice: 9.5,
      priceKey: '5-1-EUR',
    };
    expect(mapRow(flow('hubspot.price-to-product'), price, set.context)?.fields).toEqual({ hs_price_eur: 9.5 });
    expect(mapRow(flow('hubspot.price-to-product'), { ...price, priceLevel: '2' }, set.context)).toBeNull();
    expect(mapRow(flow('hubspot.company-price-to-product'), price, set.context)).toBeNull();
  });

  it('a price book entry is made in the currency of its price where the org has several, and says none where it has one', () => {
    const row = { internalId: '5', priceLevel: '1', currency: 'EUR', unitPrice: 9.5, priceKey: '5-1-EUR' };
    const entry = flow('salesforce.price-to-pricebook-entry');
    expect(mapRow(entry, row, set.context)).toMatchObject({
      fields: { UnitPrice: 9.5 },
      onCreate: { CurrencyIsoCode: 'EUR' },
    });
    const single = loadFlows({ presets: ['salesforce'] });
    expect(mapRow(entry, row, single.context)?.onCreate).not.toHaveProperty('CurrencyIsoCode');
    const writes = (settings: Readonly<Record<string, unknown>>): boolean =>
      wantedObjects(single.flows, { name: 'salesforce', kind: 'salesforce' }, settings)
        .find(({ object }) => object === 'PricebookEntry')!
        .writes.has('CurrencyIsoCode');
    expect([writes({ multiCurrency: true }), writes({})]).toEqual([true, false]);
  });

  it.each([
    ['salesforce.invoice-to-record', { internalId: '7', total: 950 }],
    ['salesforce.invoice-line-to-record', { internalId: '7', lineId: '7-1', amount: 950 }],
    ['salesforce.payment-to-record', { internalId: '8', total: 950 }],
    ['salesforce.credit-to-record', { internalId: '9', type: 'CustCred', total: 950 }],
  ])('%s: an amount stands in the currency of its document where the org has several', (id, document) => {
    const row = { ...document, customerKey: 'SF_ACCT_001', currency: 'EUR' };
    expect(mapRow(flow(id), row, set.context)?.fields).toMatchObject({ CurrencyIsoCode: 'EUR' });
    const single = loadFlows({ presets: ['salesforce'] });
    expect(mapRow(flow(id), row, single.context)?.fields).not.toHaveProperty('CurrencyIsoCode');
  });

  it('a field of either direction that goes with a setting is written only where it is given', () => {
    const maps = [{ ...accountName, onlyWith: 'multiCurrency' }];
    const mapped = (settings: Readonly<Record<string, unknown>>) =>
      mapFields(maps, { Name: 'Acme' }, { ...set.context, settings, record: {}, warn: () => undefined } as never)
        .fields;
    expect(mapped({})).toEqual({});
    expect(mapped({ multiCurrency: true })).toMatchObject({ companyname: { value: 'Acme' } });
  });

  it('a record of another CRM, or of none, is none of the flow’s business', () => {
    const row = { internalId: '7', key: 'HS_DEAL_1', statusCode: 'B', total: 1 };
    expect(mapRow(flow('salesforce.salesorder-to-opportunity'), row, set.context)).toBeNull();
    expect(mapRow(flow('hubspot.salesorder-to-deal'), row, set.context)?.crmId).toBe('1');
    expect(mapRow(flow('hubspot.salesorder-to-deal'), { ...row, key: null }, set.context)).toBeNull();
  });
});
