import {
  errorMessage,
  errorName,
  openRecordScript,
  type RecordObject,
  type RecordScript,
} from '../../helpers/emulator/record-script';
import { columns, saveOrder, seedShop } from './fixtures';

let script: RecordScript;
beforeEach(async () => {
  script = await openRecordScript();
  seedShop(script);
});
afterEach(() => script.close());

const stored = (type: string, id: number): Record<string, unknown> =>
  script.account.store.get(type, String(id))!.fields;
const transform = (fromType: string, fromId: number, toType: string, more = {}): RecordObject =>
  script.record.transform({ fromType, fromId, toType, ...more });

describe('record.transform (Oracle records reference, transform types)', () => {
  it('bills as the type it makes', () => {
    const id = saveOrder(script.record, [{ item: 500, quantity: 1 }]);
    script.units();
    transform('salesorder', id, 'invoice');
    expect(script.units()).toBe(10);
    script.record.transform({ fromType: 'customer', fromId: 100, toType: 'salesorder' });
    expect(script.units()).toBe(10);
  });

  it('fulfils an order in parts; the order follows, line by line and in its status', () => {
    const { record } = script;
    const id = saveOrder(
      record,
      [
        { item: 500, quantity: 5 },
        { item: 502, quantity: 1 },
      ],
      { memo: 'ship it' },
    );
    const first = transform('salesorder', id, 'itemfulfillment');
    expect(first.getValue('createdfrom')).toBe(String(id));
    expect(columns(first, ['item', 'quantity', 'orderline', 'itemreceive'])).toEqual([['500', 5, 1, true]]);
    first.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 2 });
    first.setValue({ fieldId: 'shipstatus', value: 'C' });
    const fulfilment = first.save();
    expect(stored('itemfulfillment', fulfilment)).toMatchObject({
      status: 'Shipped',
      tranid: 'IF1001',
      memo: 'ship it',
    });
    const order = record.load({ type: 'salesorder', id });
    expect(columns(order, ['quantityfulfilled']).flat()).toEqual([2, '']);
    expect(order.getValue('orderstatus')).toBe('E');
    const rest = transform('salesorder', id, 'itemfulfillment');
    expect(columns(rest, ['quantity'])).toEqual([[3]]);
    rest.save();
    expect(stored('salesorder', id)).toMatchObject({ orderstatus: 'F', status: 'Pending Billing' });
    expect(errorName(() => transform('salesorder', id, 'itemfulfillment'))).toBe('INVALID_INITIALIZE_REF');
    expect(errorMessage(() => transform('salesorder', id, 'itemfulfillment'))).toBe(
      `You can not initialize itemfulfillment: invalid reference ${id}.`,
    );
  });

  it('counts fractions of goods exactly: what is left of 1 after 0.7 and 0.1 is 0.2, and with it the order is fulfilled', () => {
    const id = saveOrder(script.record, [{ item: 500, quantity: 1 }]);
    const fulfil = (quantity: number): void => {
      const part = transform('salesorder', id, 'itemfulfillment');
      part.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: quantity });
      part.setValue({ fieldId: 'shipstatus', value: 'C' });
      part.save();
    };
    fulfil(0.7);
    fulfil(0.1);
    expect(columns(transform('salesorder', id, 'itemfulfillment'), ['quantity'])).toEqual([[0.2]]);
    fulfil(0.2);
    expect(columns(script.record.load({ type: 'salesorder', id }), ['quantityfulfilled'])).toEqual([[1]]);
    expect(stored('salesorder', id)).toMatchObject({ orderstatus: 'F' });
  });

  it('bills part of a line at the rate that its amount gave it, not at the list price', () => {
    const id = saveOrder(script.record, [{ item: 501, quantity: 4, amount: 100 }]);
    const invoice = transform('salesorder', id, 'invoice');
    invoice.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 1 });
    const saved = script.record.load({ type: 'invoice', id: invoice.save() });
    expect(columns(saved, ['price', 'rate', 'amount'])).toEqual([['-1', 25, 25]]);
  });

  it('bills an order once, and pays the invoice', () => {
    const { record } = script;
    const id = saveOrder(record, [
      { item: 500, quantity: 5 },
      { item: 502, quantity: 1 },
    ]);
    transform('salesorder', id, 'itemfulfillment').save();
    const invoice = transform('salesorder', id, 'invoice').save();
    expect(stored('invoice', invoice)).toMatchObject({
      total: 83.34,
      amountremaining: 83.34,
      status: 'Open',
      createdfrom: String(id),
      entity: '100',
    });
    expect(stored('salesorder', id)).toMatchObject({ orderstatus: 'G', status: 'Billed' });
    expect(stored('customer', 100).balance).toBe(83.34);
    expect(errorName(() => transform('salesorder', id, 'invoice'))).toBe('INVALID_INITIALIZE_REF');

    const part = transform('invoice', invoice, 'customerpayment');
    expect(columns(part, ['doc', 'apply', 'amount', 'due'], 'apply')).toEqual([[String(invoice), true, 83.34, 83.34]]);
    expect(part.getValue('payment')).toBe(83.34);
    part.setSublistValue({ sublistId: 'apply', fieldId: 'amount', line: 0, value: 50 });
    part.setValue('payment', 50);
    part.save();
    expect(stored('invoice', invoice)).toMatchObject({ amountremaining: 33.34, amountpaid: 50, status: 'Open' });
    expect(stored('customer', 100).balance).toBe(33.34);

    const last = record.create({ type: 'customerpayment', defaultValues: { customer: 100 } });
    expect(last.getLineCount('apply')).toBe(1);
    last.setSublistValue({ sublistId: 'apply', fieldId: 'apply', line: 0, value: true });
    const payment = last.save();
    expect(stored('customerpayment', payment)).toMatchObject({ payment: 33.34, applied: 33.34, unapplied: 0 });
    expect(stored('invoice', invoice)).toMatchObject({ amountremaining: 0, status: 'Paid In Full' });
    expect(stored('customer', 100).balance).toBe(0);

    record.delete({ type: 'customerpayment', id: payment });
    expect(stored('invoice', invoice)).toMatchObject({ amountremaining: 33.34, status: 'Open' });
  });

  it('credits an invoice', () => {
    const order = saveOrder(script.record, [{ item: 501, quantity: 4 }]);
    const invoice = transform('salesorder', order, 'invoice').save();
    const credit = transform('invoice', invoice, 'creditmemo').save();
    expect(stored('creditmemo', credit)).toMatchObject({
      total: 10,
      applied: 10,
      unapplied: 0,
      status: 'Fully Applied',
    });
    expect(stored('invoice', invoice)).toMatchObject({ amountremaining: 0, status: 'Paid In Full' });
  });

  it('turns an opportunity into an estimate, that into an order, and marks both', () => {
    const { record } = script;
    const opportunity = record.create({ type: 'opportunity' });
    opportunity.setValue('entity', 100).setValue('title', 'Big deal').setValue('probability', 40);
    opportunity.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 500 });
    const id = opportunity.save();
    expect(stored('opportunity', id)).toMatchObject({ projectedtotal: 10, status: 'In Progress' });
    const estimate = transform('opportunity', id, 'estimate').save();
    expect(stored('estimate', estimate)).toMatchObject({ opportunity: String(id), total: 10, status: 'Open' });
    const order = transform('estimate', estimate, 'salesorder').save();
    expect(stored('salesorder', order)).toMatchObject({ createdfrom: String(estimate), total: 10 });
    expect(stored('estimate', estimate)).toMatchObject({ status: 'Processed' });
  });

  it('receives and bills a purchase order', () => {
    const { record } = script;
    const id = saveOrder(record, [{ item: 500, quantity: 10 }], { entity: 200 }, 'purchaseorder');
    expect(stored('purchaseorder', id)).toMatchObject({ total: 40, status: 'Pending Receipt', terms: '1' });
    const receipt = transform('purchaseorder', id, 'itemreceipt');
    receipt.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 6 });
    receipt.save();
    expect(stored('purchaseorder', id)).toMatchObject({ orderstatus: 'E' });
    transform('purchaseorder', id, 'itemreceipt').save();
    const bill = transform('purchaseorder', id, 'vendorbill').save();
    expect(stored('purchaseorder', id)).toMatchObject({ orderstatus: 'G', status: 'Fully Billed' });
    expect(stored('vendorbill', bill)).toMatchObject({ total: 40, amountremaining: 40 });
    transform('vendorbill', bill, 'vendorpayment').save();
    expect(stored('vendorbill', bill)).toMatchObject({ amountremaining: 0, status: 'Paid In Full' });
  });

  it('returns what was sold', () => {
    const order = saveOrder(script.record, [{ item: 500, quantity: 2 }]);
    transform('salesorder', order, 'itemfulfillment').save();
    const id = transform('salesorder', order, 'returnauthorization').save();
    transform('returnauthorization', id, 'itemreceipt').save();
    expect(stored('returnauthorization', id)).toMatchObject({ status: 'Pending Refund' });
    transform('returnauthorization', id, 'creditmemo').save();
    expect(stored('returnauthorization', id)).toMatchObject({ status: 'Refunded' });
  });

  it('keeps line columns and body fields that both types have, custom ones too', () => {
    const { account, record } = script;
    account.registry.addField(
      ['salesorder', 'invoice'],
      { id: 'custcol_key', label: 'Key', type: 'text', custom: true },
      'item',
    );
    account.registry.addField(['salesorder', 'invoice'], { id: 'custbody_x', label: 'X', type: 'text', custom: true });
    const id = saveOrder(record, [{ item: 501, quantity: 1, custcol_key: 'K1' }], {
      custbody_x: 'body',
      otherrefnum: 'PO 7',
    });
    const invoice = transform('salesorder', id, 'invoice', { defaultValues: { memo: 'given' } });
    expect(columns(invoice, ['custcol_key'])).toEqual([['K1']]);
    expect([invoice.getValue('custbody_x'), invoice.getValue('otherrefnum'), invoice.getValue('memo')]).toEqual([
      'body',
      'PO 7',
      'given',
    ]);
    expect(invoice.getSubrecord('billingaddress').getValue('addr1')).toBe('1 Bill St');
  });

  it('moves stock: an order commits it, a fulfilment takes it, a receipt brings it', () => {
    const { record } = script;
    const id = saveOrder(record, [{ item: 500, quantity: 30 }]);
    expect(stored('inventoryitem', 500)).toMatchObject({
      quantityonhand: 100,
      quantitycommitted: 30,
      quantityavailable: 70,
    });
    transform('salesorder', id, 'itemfulfillment').save();
    expect(stored('inventoryitem', 500)).toMatchObject({
      quantityonhand: 70,
      quantitycommitted: 0,
      quantityavailable: 70,
    });
    const purchase = saveOrder(record, [{ item: 500, quantity: 5 }], { entity: 200 }, 'purchaseorder');
    expect(stored('inventoryitem', 500)).toMatchObject({ quantityonorder: 5 });
    transform('purchaseorder', purchase, 'itemreceipt').save();
    expect(stored('inventoryitem', 500)).toMatchObject({
      quantityonhand: 75,
      quantityavailable: 75,
      quantityonorder: 0,
    });
    expect(stored('inventoryitem', 500).lastquantityavailablechange).toEqual(expect.stringMatching(/^\d{4}-.*Z$/));
  });

  it('refuses what the reference does not list, unknown sources and orders that wait for approval', () => {
    const { record } = script;
    const id = saveOrder(record, [{ item: 500, quantity: 1 }], { orderstatus: 'A' });
    expect(errorName(() => transform('salesorder', id, 'itemfulfillment'))).toBe('INVALID_INITIALIZE_REF');
    expect(errorName(() => transform('salesorder', id, 'journalentry'))).toBe('INVALID_RCRD_TRANSFRM');
    expect(errorName(() => transform('salesorder', 4711, 'invoice'))).toBe('INVALID_INITIALIZE_REF');
    expect(errorName(() => transform('salesorder', id, 'nonsense'))).toBe('INVALID_RCRD_TYPE');
    expect(errorName(() => record.transform({ fromType: 'salesorder', fromId: id }))).toBe('SSS_MISSING_REQD_ARGUMENT');
  });
});
