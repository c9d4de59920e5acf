/**
 * Creates a contact and attaches it to its company.
 * @NApiVersion 2.x
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
define(['N/record', 'N/log'], function (record, log) {
  function post(context) {
    try {
      var contact = record.create({ type: record.Type.CONTACT });
      contact.setValue('firstname', context.firstName);
      contact.setValue('lastname', context.lastName);
      contact.setValue('email', context.email);
      contact.setValue('company', context.customerId);
      contact.setValue('subsidiary', 1);
      var id = contact.save();
      log.audit('contact created', id);
      return { success: true, id: id };
    } catch (e) {
      log.error({ title: e.name, details: e });
      return { success: false, error: e.name };
    }
  }
  return { post: post };
});
