import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { loadFlows, TRANSFORMS, type TransformContext } from '../../../flows';

const flows = { salesforce: loadFlows({ presets: ['salesforce'] }), hubspot: loadFlows({ presets: ['hubspot'] }) };
const CURRENCIES = { JPY: 0, USD: 2, EUR: 2, KWD: 3, BHD: 3 } as const;
const currency = fc.constantFrom(...(Object.keys(CURRENCIES) as (keyof typeof CURRENCIES)[]));
/** An amount as a CRM writes it: digits, a point, digits. */
const amount = (decimals: number) =>
  fc
    .tuple(fc.bigInt({ min: 1n, max: 9_999_999_999n }), fc.integer({ min: 0, max: decimals }))
    .map(([digits, scale]) => new Decimal(digits.toString()).div(new Decimal(10).pow(scale)).toFixed());
const percent = amount(2).map((text) => new Decimal(text).mod(100).toFixed());
const order = fc.record({ currency, price: amount(8), percent, quantity: amount(3), total: amount(3) });
type Order = typeof order extends fc.Arbitrary<infer T> ? T : never;

/** What the shipped flows make of a won order with one line of this price. */
const RECORDS = {
  salesforce: ({ currency: code, price, percent: off, quantity, total }: Order) => ({
    object: 'Opportunity',
    record: {
      Id: '006xx000003DGbYAAW', AccountId: '001xx000003DGbYAAW', IsWon: true, CloseDate: '2026-11-20', Name: 'n',
      CurrencyIsoCode: code, Amount: total,
      OpportunityLineItems: {
        records: [{ Id: '00kxx000001Sv6eAAC', ProductCode: 'A', Quantity: quantity, UnitPrice: price, Discount: off }],
      },
    },
  }), // prettier-ignore
  hubspot: ({ currency: code, price, percent: off, quantity, total }: Order) => ({
    object: 'deals',
    record: {
      id: '77',
      properties: {
        hs_object_id: '77', dealname: 'n', hs_is_closed_won: 'true', closedate: '2026-11-20T12:00:00Z',
        deal_currency_code: code, amount: total,
      },
      associations: { companies: { results: [{ id: '5', type: 'deal_to_company' }] } },
      lineItems: [{ id: '9', properties: { hs_sku: 'A', quantity, price, hs_discount_percentage: off } }],
    },
  }), // prettier-ignore
};

it.each(['salesforce', 'hubspot'] as const)(
  'P40: prices, quantities, discounts and totals of %s are those of decimal arithmetic, digit by digit',
  (crm) => {
    fc.assert(
      fc.property(order, (given) => {
        const { object, record } = RECORDS[crm](given);
        const [outcome] = flows[crm].mapRecord(crm, object, record).filter(({ kind }) => kind !== 'ignored');
        if (outcome?.kind !== 'operations') throw new Error(JSON.stringify(outcome));
        const [operation] = outcome.operations;
        const [line] = operation!.sublists!['item']!.lines;
        const price = new Decimal(given.price);
        const rate = price.minus(price.times(given.percent).div(100)).toDecimalPlaces(8, Decimal.ROUND_HALF_UP);
        expect(new Decimal(line!.fields['rate']!.value as number).toFixed()).toBe(rate.toFixed());
        expect(new Decimal(line!.fields['quantity']!.value as number).toFixed()).toBe(
          new Decimal(given.quantity).toFixed(),
        );
        if (operation!.expectedTotal) expect(operation!.expectedTotal.amount).toBe(new Decimal(given.total).toFixed());
      }),
      { numRuns: 300 },
    );
  },
);

it('P40: an amount towards a CRM has the decimals of its own currency: none, two or three', () => {
  const context = (record: unknown): TransformContext => ({
    timeZone: 'UTC', settings: {}, transforms: TRANSFORMS, record, warn: () => undefined,
  }); // prettier-ignore
  fc.assert(
    fc.property(currency, amount(6), (code, text) => {
      const exact = new Decimal(text).toDecimalPlaces(CURRENCIES[code], Decimal.ROUND_HALF_UP).toFixed();
      const shown = TRANSFORMS['money']!(text, context({ currency: code }), {}) as number;
      expect(new Decimal(shown).toFixed()).toBe(exact);
      const balance = TRANSFORMS['money']!(text, { ...context({}), settings: { companyCurrency: code } }, {}) as number;
      expect(new Decimal(balance).toFixed()).toBe(exact);
    }),
    { numRuns: 300 },
  );
});
