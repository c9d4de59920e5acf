/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/email', 'N/runtime'], (email, runtime) => ({
  post: ({ to, text }) => {
    email.send({
      author: runtime.getCurrentUser().id,
      recipients: to,
      subject: `Note from ${runtime.accountId}`,
      body: text,
    });
    return 'sent';
  },
}));
