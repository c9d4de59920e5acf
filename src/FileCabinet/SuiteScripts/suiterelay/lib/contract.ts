/**
 * The wire contract's schemas, as one module that the scripts share.
 * @NApiVersion 2.1
 * @NModuleScope SameAccount
 */
export * from '../../../../../contract/index';
