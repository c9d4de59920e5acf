/**
 * The wire contract's schemas of what comes in, as one module that the scripts share. Of what goes out there is none: it is checked where it
 * arrives, and every execution that loads this file builds all schemas in it anew.
 * @NApiVersion 2.1
 * @NModuleScope SameAccount
 */
export * from '../../../../../contract/operation';
export * from '../../../../../contract/upsert-request';
export * from '../../../../../contract/changes-request';
export * from '../../../../../contract/describe-request';
export * from '../../../../../contract/bulk-request';
export * from '../../../../../contract/reconcile-request';
export * from '../../../../../contract/read-page';
