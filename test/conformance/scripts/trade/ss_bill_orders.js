/**
 * @NApiVersion 2.x
 * @NScriptType ScheduledScript
 */
define(['N/search', 'N/record', 'N/runtime', 'N/log'], function (search, record, runtime, log) {
  function execute() {
    var orders = [];
    search
      .create({
        type: search.Type.SALES_ORDER,
        filters: [['mainline', 'is', 'T'], 'AND', ['status', 'anyof', ['SalesOrd:E', 'SalesOrd:F']]],
        columns: [search.createColumn({ name: 'internalid', sort: search.Sort.ASC }), 'entity', 'tranid'],
      })
      .run()
      .each(function (result) {
        orders.push(result.id);
        return true;
      });
    var done = 0;
    for (var i = 0; i < orders.length; i++) {
      if (runtime.getCurrentScript().getRemainingUsage() < 100) break;
      try {
        record.transform({ fromType: 'salesorder', fromId: orders[i], toType: 'invoice' }).save();
        done++;
      } catch (e) {
        log.error({ title: e.name, details: e.message });
      }
      runtime.getCurrentScript().percentComplete = ((i + 1) / orders.length) * 100;
    }
    log.audit({ title: 'billed', details: done + ' of ' + orders.length });
  }
  return { execute: execute };
});
