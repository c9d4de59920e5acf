/**
 * Tells what this account and the calling role can do: contract, features, limits, columns, missing permissions.
 * @NApiVersion 2.1
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
import type { DescribeAnswer } from '../../../../../contract/describe';
import { MOST_NAMES, namedReferencesSchema, type NamedReference } from '../../../../../contract/describe-request';
import { recordTypeSchema } from '../../../../../contract/operation';
import { describeAccount } from '../netsuite/describe-account';
import { throwRequestError } from '../netsuite/throw-request-error';

const DEFAULT_TYPES = 'customer,contact,salesorder';

export function get(params: { types?: string; names?: string }): DescribeAnswer {
  const types = (params.types ?? DEFAULT_TYPES).split(',').map((type) => type.trim().toLowerCase());
  return describeAccount(
    types.filter((type) => recordTypeSchema.safeParse(type).success),
    namesOf(params.names),
  );
}

function namesOf(text: string | undefined): NamedReference[] {
  if (text === undefined || text === '') return [];
  const parsed = namedReferencesSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throwRequestError('INVALID_REQUEST_BODY', `names is a JSON list of at most ${MOST_NAMES} {recordType, by, value}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
