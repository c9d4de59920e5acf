/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post: ({ customer, city }) => {
    const rec = record.load({ type: 'customer', id: customer });
    const line = rec.getLineCount({ sublistId: 'addressbook' });
    rec.insertLine({ sublistId: 'addressbook', line });
    rec.setSublistValue({ sublistId: 'addressbook', fieldId: 'label', line, value: 'Head office' });
    rec.setSublistValue({ sublistId: 'addressbook', fieldId: 'defaultbilling', line, value: true });
    const address = rec.getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line });
    address.setValue({ fieldId: 'country', value: 'US' });
    address.setValue({ fieldId: 'city', value: city });
    address.setValue({ fieldId: 'addr1', value: '1 Main St' });
    rec.save();
    const again = record.load({ type: 'customer', id: customer });
    const saved = again.getSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress', line });
    return {
      lines: again.getLineCount('addressbook'),
      city: saved.getValue('city'),
      label: again.getSublistValue('addressbook', 'label', line),
    };
  },
}));
