/**
 * Tells what this account and the calling role can do: contract, features, limits, columns, missing permissions.
 * @NApiVersion 2.1
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
import type { DescribeAnswer } from '../../../../../contract/describe';
import { describeAccount } from '../netsuite/describe-account';

const DEFAULT_TYPES = 'customer,contact,salesorder';

export function get(params: { types?: string }): DescribeAnswer {
  const types = (params.types ?? DEFAULT_TYPES).split(',').map((type) => type.trim().toLowerCase());
  return describeAccount(types.filter((type) => /^[a-z][a-z0-9_]*$/.test(type)));
}
