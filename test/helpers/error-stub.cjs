// N/error for unit tests: create() gives what NetSuite gives, an object with name and message that is no JavaScript Error.
module.exports = {
  create: ({ name, message, notifyOff = false }) => ({
    type: 'error.SuiteScriptError',
    name,
    message,
    notifyOff,
    id: null,
    stack: [],
  }),
  Type: {},
};
