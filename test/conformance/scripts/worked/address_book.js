/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const c = record.load({ type: record.Type.CUSTOMER, id: 502, isDynamic: true });
    const add = (label, street, city, st, zip, ship, bill) => {
      c.selectNewLine({ sublistId: 'addressbook' });
      c.setCurrentSublistValue({ sublistId: 'addressbook', fieldId: 'label', value: label });
      c.setCurrentSublistValue('addressbook', 'defaultshipping', ship);
      c.setCurrentSublistValue('addressbook', 'defaultbilling', bill);
      const a = c.getCurrentSublistSubrecord({ sublistId: 'addressbook', fieldId: 'addressbookaddress' });
      a.setValue({ fieldId: 'country', value: 'US' });
      a.setValue({ fieldId: 'addressee', value: 'Beta' });
      a.setValue({ fieldId: 'addr1', value: street });
      a.setValue({ fieldId: 'city', value: city });
      a.setValue({ fieldId: 'state', value: st });
      a.setValue({ fieldId: 'zip', value: zip });
      c.commitLine({ sublistId: 'addressbook' });
    };
    add('Bill', '1 Oak St', 'Reno', 'NV', '89501', false, true);
    add('Ship', '5 Pine Rd', 'San Jose', 'CA', '95110', true, false);
    c.save();
    const l = record.load({ type: 'customer', id: 502 });
    out.n = l.getLineCount('addressbook');
    const i = l.findSublistLineWithValue('addressbook', 'label', 'Ship');
    const sub = l.getSublistSubrecord('addressbook', 'addressbookaddress', i);
    out.two = [
      l.getSublistValue('addressbook', 'label', i),
      l.getSublistValue('addressbook', 'defaultshipping', i),
      l.getSublistValue('addressbook', 'defaultbilling', i),
      sub.getValue('state'),
      sub.getValue('addressee'),
    ];
    out.text = sub.getValue('addrtext').replace(/\r\n/g, '\n');
    const f = search.lookupFields({ type: 'customer', id: 502, columns: ['shipaddress1', 'shipcity'] });
    out.def = [f.shipaddress1, f.shipcity];
    const so = record.create({ type: 'salesorder', isDynamic: true });
    so.setValue('entity', 502);
    out.ship = String(so.getValue('shipaddresslist')) === String(l.getSublistValue('addressbook', 'id', i));
    const sa = so.getSubrecord({ fieldId: 'shippingaddress' });
    out.so = [sa.getValue('addr1'), sa.getValue('state'), sa.getValue('country')];
    const d = record.load({ type: 'customer', id: 502, isDynamic: true });
    d.removeLine({ sublistId: 'addressbook', line: d.findSublistLineWithValue('addressbook', 'label', 'Bill') });
    d.save();
    out.remove = record.load({ type: 'customer', id: 502 }).getLineCount('addressbook');
    return out;
  },
}));
