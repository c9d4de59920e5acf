/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/cache', 'N/currency'], (cache, currency) => ({
  get: ({ from, to }) => {
    const rates = cache.getCache({ name: 'rates', scope: cache.Scope.PROTECTED });
    const loader = ({ key }) => currency.exchangeRate({ source: key.split('/')[0], target: key.split('/')[1] });
    return rates.get({ key: `${from}/${to}`, loader, ttl: 3600 });
  },
}));
