/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/query'], (query) => {
  const post = ({ q, params = [] }) => {
    try {
      return { ok: true, rows: query.runSuiteQL({ query: q, params }).asMappedResults() };
    } catch (e) {
      return { ok: false, name: e.name };
    }
  };
  return { post };
});
