import { AccountRegistry } from '../../../emulator/records/registry';

const registry = new AccountRegistry(() => undefined);

describe('the registry of record types', () => {
  it.each([
    'customer contact lead prospect vendor employee partner othername job entitygroup',
    'inventoryitem noninventoryitem serviceitem assemblyitem kititem itemgroup discountitem markupitem subtotalitem descriptionitem paymentitem otherchargeitem giftcertificateitem downloaditem shipitem lotnumberedinventoryitem serializedinventoryitem',
    'opportunity estimate salesorder purchaseorder itemfulfillment itemreceipt invoice cashsale creditmemo customerpayment customerdeposit depositapplication customerrefund cashrefund returnauthorization vendorbill vendorcredit vendorpayment vendorreturnauthorization journalentry intercompanyjournalentry transferorder inventoryadjustment inventorytransfer workorder assemblybuild deposit check expensereport',
    'supportcase task phonecall calendarevent note message file folder',
    'subsidiary currency location department classification term pricelevel account accountingperiod paymentmethod customercategory customerstatus',
  ])('knows %s', (types) => {
    for (const id of types.split(' ')) {
      const type = registry.type(id);
      expect([id, type?.id]).toEqual([id, id]);
      expect([id, Object.keys(type!.fields).length > 2]).toEqual([id, true]);
    }
  });

  it("bills by Oracle's three classes (section_157072844224)", () => {
    expect(registry.type('customer')!.class).toBe('other');
    expect(registry.type('SalesOrder')!.class).toBe('transaction');
    expect(registry.type('opportunity')!.class).toBe('transaction');
    expect(registry.type('inventoryitem')!.class).toBe('other');
  });

  it('puts types into the groups that share ids (section_N3436356)', () => {
    expect(['customer', 'lead', 'prospect', 'contact', 'vendor'].map((id) => registry.type(id)!.group)).toEqual(
      Array(5).fill('entity'),
    );
    expect(['opportunity', 'salesorder', 'journalentry'].map((id) => registry.type(id)!.group)).toEqual(
      Array(3).fill('transaction'),
    );
    expect(registry.type('task')!.group).toBe('event');
  });

  it('knows which fields a list edit may set (Oracle records reference, nlapiSubmitField)', () => {
    const customer = registry.type('customer')!.fields;
    expect(['companyname', 'phone', 'comments', 'url'].map((id) => customer[id]!.inlineEditable)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['email', 'salesrep', 'terms', 'externalid'].map((id) => customer[id]!.inlineEditable)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(registry.type('salesorder')!.fields.memo!.inlineEditable).toBe(true);
    expect(customer.companyname!.maxLength).toBe(83);
  });

  it('lists the sublists and address subrecords that scripts work with', () => {
    const order = registry.type('salesorder')!;
    expect(Object.keys(order.sublists.item!.fields)).toEqual(
      expect.arrayContaining(['item', 'quantity', 'rate', 'amount', 'line', 'lineuniquekey']),
    );
    expect(order.subrecords.shippingaddress).toBe('address');
    expect(registry.type('customer')!.subrecords['addressbook.addressbookaddress']).toBe('address');
    expect(registry.type('invoice')!.sublists.item).toBeDefined();
  });

  it('refuses to create what only a transform makes (Oracle records reference, scripting level)', () => {
    expect(registry.type('itemfulfillment')!.scripting).toMatchObject({ create: false, copy: false, edit: true });
    expect(registry.type('customerpayment')!.scripting.create).toBe(true);
  });

  it('takes custom fields and columns', () => {
    registry.addField(['customer'], { id: 'custentity_a', label: 'A', type: 'text', custom: true });
    registry.addField(['salesorder'], { id: 'custcol_a', label: 'A', type: 'text', custom: true }, 'item');
    expect(registry.type('customer')!.fields.custentity_a!.custom).toBe(true);
    expect(registry.type('salesorder')!.sublists.item!.fields.custcol_a).toBeDefined();
  });
});
