/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/error'], (record, error) => {
  const FIELDS = ['companyname', 'email', 'phone', 'comments', 'subsidiary'];
  const load = (id) => record.load({ type: record.Type.CUSTOMER, id });
  const show = (rec) =>
    FIELDS.reduce((out, fieldId) => ({ ...out, [fieldId]: rec.getValue({ fieldId }) }), { id: rec.id });
  const fill = (rec, body) => {
    Object.keys(body)
      .filter((key) => FIELDS.includes(key))
      .forEach((fieldId) => rec.setValue({ fieldId, value: body[fieldId] }));
    return rec;
  };
  const get = (params) => {
    if (!params.id) throw error.create({ name: 'MISSING_PARAM', message: 'id is required', notifyOff: true });
    return show(load(params.id));
  };
  const post = (body) => ({ id: fill(record.create({ type: record.Type.CUSTOMER, isDynamic: true }), body).save() });
  const put = (body) => ({
    id: fill(load(body.id), body).save({ enableSourcing: false, ignoreMandatoryFields: true }),
  });
  const remove = (params) => ({ deleted: record.delete({ type: record.Type.CUSTOMER, id: params.id }) });
  return { get, post, put, delete: remove };
});
