/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/cache', 'N/runtime'], (cache, runtime) => ({
  post() {
    const c = cache.getCache({ name: 'rates', scope: cache.Scope.PRIVATE });
    let calls = 0;
    const loader = (ctx) => {
      calls++;
      return { n: calls, k: ctx.key };
    };
    const a = c.get({ key: 'rate', loader, ttl: 300 }),
      b = c.get({ key: 'rate', loader });
    const one = calls;
    const n = c.get({ key: 'none' });
    c.remove({ key: 'rate' });
    c.get({ key: 'rate', loader });
    const removed = calls;
    c.put({ key: 'p', value: 'v', ttl: 600 });
    const put = c.get({ key: 'p' });
    c.put({ key: 'o', value: { x: [1, 2] } });
    const obj = c.get({ key: 'o' });
    return { a: [a, b, one], n, removed, put, obj, units: 5000 - runtime.getCurrentScript().getRemainingUsage() };
  },
}));
