import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { openBackOffice, type BackOffice } from '../../helpers/netsuite/back-office';
import {
  batch,
  customer,
  line,
  nextVersion,
  operation,
  order,
  resultsOf,
  sku,
  value,
} from '../../helpers/netsuite/operations';

/** What belongs to the books, made the way each could be made at all. */
const BOOKS = ['invoice', 'cashsale', 'creditmemo', 'customerpayment', 'customerdeposit', 'customerrefund'] as const;

describe('P7: the integration role can not write the books, whoever asks', () => {
  let account: NetSuiteAccount;
  let office: BackOffice;

  beforeAll(async () => {
    account = await startAccount();
    office = await openBackOffice(account.url, { entity: -5, role: 3 });
    await account.seed([{ type: 'noninventoryitem', fields: { itemid: 'B-1', isinactive: false } }]);
    await one(customer('SF_ACCT_B', { companyname: value('Books Inc') }));
    await one(order('SF_OPP_B', 'SF_ACCT_B', lines));
  });
  afterAll(() => account.stop());

  const lines = [line('A', { item: sku('B-1'), quantity: value(1), price: value('-1'), rate: value(10) })];
  const one = async (single: object) => resultsOf(await account.restlet('upsert', batch([single])))[0]!;
  const count = async (type: string): Promise<number> =>
    (await account.control<unknown[]>('GET', `records/${type}`)).length;
  const entity = { entity: { ref: { recordType: 'customer', externalId: 'SF_ACCT_B' } } };

  it.each(BOOKS)('a crafted %s is refused for want of permission and stores nothing', async (recordType) => {
    const fields = ['customerpayment', 'customerdeposit', 'customerrefund'].includes(recordType)
      ? { customer: entity.entity, payment: value(10) }
      : entity;
    const result = await one(operation({ recordType, externalId: `SF_BAD_${nextVersion()}`, fields }));
    expect([result.status, result.error?.class]).toEqual(['failed', 'permission']);
    expect(await count(recordType)).toBe(0);
  });

  it.each(['invoice', 'itemfulfillment'])('an order can not be made into an %s', async (recordType) => {
    const result = await one(
      operation({
        recordType,
        externalId: `SF_T_${nextVersion()}`,
        action: 'transform',
        from: { recordType: 'salesorder', externalId: 'SF_OPP_B' },
      }),
    );
    expect([result.status, result.error?.class]).toEqual(['failed', 'permission']);
    expect(await count(recordType)).toBe(0);
  });

  it('an invoice that finance made stays as it is', async () => {
    const source = await account.byExternalId('salesorder', 'SF_OPP_B');
    await office.save({ type: 'salesorder', id: source!.id, fields: { orderstatus: 'B' } });
    const id = await office.save({
      type: 'invoice',
      from: { type: 'salesorder', id: source!.id },
      fields: { externalid: 'INV-B' },
    });
    const before = (await account.record('invoice', id))!.version;
    const result = await one(
      operation({
        recordType: 'invoice',
        externalId: 'INV-B',
        action: 'update',
        fields: { memo: value('changed by a CRM') },
      }),
    );
    expect([result.status, result.error?.class]).toEqual(['failed', 'permission']);
    expect((await account.record('invoice', id))!.version).toBe(before);
  });

  it.each(['taxtotal', 'taxrate', 'istaxable', 'total', 'subtotal', 'tranid'])(
    'a crafted %s on an order is refused before anything is written',
    async (field) => {
      const crafted = order(`SF_OPP_${nextVersion()}`, 'SF_ACCT_B', lines) as { fields: object };
      const answer = await account.restlet(
        'upsert',
        batch([{ ...crafted, fields: { ...crafted.fields, [field]: value(1) } }]),
      );
      const [result] = resultsOf(answer);
      expect(result).toMatchObject({ status: 'failed', error: { field } });
      expect(await account.byExternalId('salesorder', result!.externalId ?? 'none')).toBeNull();
    },
  );
});
