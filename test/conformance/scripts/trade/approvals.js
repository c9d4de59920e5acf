/**
 * @NApiVersion 2.x
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], function (record, search) {
  function make(type, entity, values) {
    var r = record.create({ type: type, isDynamic: true });
    r.setValue({ fieldId: 'entity', value: entity });
    Object.keys(values).forEach(function (f) {
      r.setValue({ fieldId: f, value: values[f] });
    });
    r.selectNewLine({ sublistId: 'item' });
    r.setCurrentSublistValue({ sublistId: 'item', fieldId: 'item', value: 801 });
    r.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: 1 });
    r.commitLine({ sublistId: 'item' });
    return r.save();
  }
  function state(id) {
    var r = record.load({ type: 'salesorder', id: id });
    return [r.getValue('orderstatus'), r.getValue('status')];
  }
  function set(type, id, field, value) {
    var r = record.load({ type: type, id: id });
    r.setValue({ fieldId: field, value: value });
    r.save();
  }
  function refused(id) {
    try {
      record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' });
      return 'none';
    } catch (e) {
      return e.name;
    }
  }
  return {
    post: function () {
      var out = {};
      var id = make('salesorder', 501, { orderstatus: 'A', location: 1 });
      out.a = state(id);
      out.text = record.load({ type: 'salesorder', id: id }).getText('orderstatus');
      out.find = search
        .create({ type: 'salesorder', filters: [['status', 'anyof', 'SalesOrd:A'], 'AND', ['mainline', 'is', 'T']] })
        .runPaged().count;
      out.no = refused(id);
      set('salesorder', id, 'orderstatus', 'B');
      out.b = state(id);
      set('salesorder', id, 'orderstatus', 'C');
      out.c = state(id);
      out.cancelled = refused(id);
      var po = make('purchaseorder', 701, { location: 1, approvalstatus: 1 });
      out.po = [search.lookupFields({ type: 'purchaseorder', id: po, columns: 'status' }).status[0].text];
      set('purchaseorder', po, 'approvalstatus', 2);
      out.po.push(search.lookupFields({ type: 'purchaseorder', id: po, columns: 'status' }).status[0].text);
      var bill = make('vendorbill', 701, { tranid: 'X1', approvalstatus: 1 });
      out.bill = [search.lookupFields({ type: 'vendorbill', id: bill, columns: 'status' }).status[0].text];
      set('vendorbill', bill, 'approvalstatus', 2);
      out.bill.push(search.lookupFields({ type: 'vendorbill', id: bill, columns: 'status' }).status[0].text);
      return out;
    },
  };
});
