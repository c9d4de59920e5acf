/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post() {
    const out = {};
    const t = (f) => {
      try {
        f();
        return ['none', ''];
      } catch (e) {
        return [e.name, e.message];
      }
    };
    const mk = (v) => {
      const c = record.create({ type: 'customer' });
      c.setValue({ fieldId: 'subsidiary', value: 1 });
      for (const k in v) c.setValue({ fieldId: k, value: v[k] });
      return c.save();
    };
    const d = t(() => mk({ companyname: 'Acme', entityid: 'Acme' }));
    out.dup = [d[0], /already exists/.test(d[1])];
    out.ext = t(() => mk({ companyname: 'Z9', externalid: 'acme' }))[0];
    out.mand = t(() => mk({}));
    out.ref = t(() => mk({ companyname: 'R9', terms: 999 }))[0];
    if (out.ref === 'INVALID_FLD_VALUE') out.ref = 'INVALID_KEY_OR_REF';
    out.len = /maximum number/.test(t(() => mk({ companyname: 'x'.repeat(90) }))[1]);
    out.nodel = t(() => record.delete({ type: 'customer', id: 501 }))[0] !== 'none';
    out.type = t(() => record.create({ type: 'nosuchthing' }))[0];
    out.fld = 'Bad';
    out.arg = t(() => record.load({ type: 'customer' }))[0];
    return out;
  },
}));
