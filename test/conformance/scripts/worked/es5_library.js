/**
 * @NApiVersion 2.0
 * @NScriptType Restlet
 */
var CONST = { A: 'a', B: 'b' };
define(['require', 'N/util'], function (require, util) {
  function post(ctx) {
    var search = require('N/search');
    var out = {};
    out.v = Object.keys(CONST)
      .map(function (k) {
        return CONST[k];
      })
      .join();
    out.d = new Date(2026, 5, 1).getFullYear().toString();
    out.has = [CONST.hasOwnProperty('A'), 'Z' in CONST];
    out.idx = ['a', 'b'].indexOf('b');
    out.keys = Object.keys(CONST).length;
    var s = '';
    util.each({ p: 'x', q: 'y' }, function (v) {
      s += v;
    });
    out.each = s;
    out.iso = /^2026-/.test(new Date(2026, 5, 2).toISOString());
    out.trim = ' q '.trim();
    out.req = search.lookupFields({ type: search.Type.CUSTOMER, id: 501, columns: ['entityid'] }).entityid;
    out.util = [Object.prototype.toString.call([]), util.isArray([]), util.extend({ a: 1 }, { b: 2, c: 3 }).c];
    return out;
  }
  return { post: post };
});
