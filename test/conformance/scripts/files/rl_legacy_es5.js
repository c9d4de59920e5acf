/**
 * @NApiVersion 2.0
 * @NScriptType Restlet
 */
define(['N/search', 'N/util'], function (search, util) {
  function doGet(params) {
    var out = {};
    util.each(params, function (value, key) {
      out[key.toUpperCase()] = util.isString(value) ? value.length : -1;
    });
    return JSON.stringify(util.extend(out, { ok: util.isObject(out) }));
  }
  return { get: doGet };
});
