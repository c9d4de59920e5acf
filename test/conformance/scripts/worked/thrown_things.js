/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/error', 'N/record'], (error, record) => ({
  post() {
    const out = {};
    try {
      throw error.create({ name: 'MY_ERR', message: 'Bad thing', notifyOff: true });
    } catch (e) {
      out.custom = { name: e.name, message: e.message, isErr: e instanceof Error, type: e.type };
      out.text = /MY_ERR/.test(JSON.stringify(e)) && /MY_ERR/.test(e.toString());
    }
    try {
      null.x;
    } catch (e) {
      out.js = [e.name, /null/.test(e.message)];
    }
    try {
      throw 'boom';
    } catch (e) {
      out.str = e;
    }
    try {
      throw { code: 42 };
    } catch (e) {
      out.obj = e.code;
    }
    try {
      record.load({ type: 'customer', id: 99999999 });
    } catch (e) {
      out.nested = e.name;
    }
    return out;
  },
}));
