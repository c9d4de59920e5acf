/** N/error for unit tests: create() gives what NetSuite gives, an object with name and message that is no JavaScript Error. */
interface Options {
  name: string;
  message: string;
  notifyOff?: boolean;
}

export = {
  create: ({ name, message, notifyOff = false }: Options) => ({ type: 'error.SuiteScriptError', name, message, notifyOff, id: null, stack: [] }),
  Type: {},
};
