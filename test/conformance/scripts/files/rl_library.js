/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['./lib/money', '/SuiteScripts/lib/constants', 'require'], (money, constants, require) => ({
  post: ({ cents }) => {
    let missing;
    try {
      require(['./lib/none'], () => {});
    } catch (e) {
      missing = e.name;
    }
    return { text: money.format(cents, constants.CURRENCY), missing };
  },
}));
