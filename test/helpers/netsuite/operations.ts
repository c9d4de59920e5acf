import { CONTRACT_VERSION } from '../../../contract/version';

let counter = 0;

/** A version newer than all before it. */
export const nextVersion = (): string => String(1_700_000_000_000_000 + (counter += 1)).padStart(16, '0');

export const value = (given: unknown, more: object = {}): object => ({ value: given, ...more });

export interface OperationSpec {
  recordType: string;
  externalId: string;
  [member: string]: unknown;
}

/** An operation as the relay sends it. */
export function operation({ recordType, externalId, key = {}, ...rest }: OperationSpec): Record<string, unknown> {
  const version = nextVersion();
  return {
    opId: `op_${version}`,
    version,
    recordType,
    action: 'upsert',
    key: { externalId, ...(key as object) },
    fields: {},
    full: true,
    ...rest,
  };
}

export const customer = (externalId: string, fields: object, more: object = {}): Record<string, unknown> =>
  operation({
    recordType: 'customer',
    externalId,
    fields: {
      isperson: value(false, { write: 'onCreate' }),
      subsidiary: { ref: { recordType: 'subsidiary', internalId: '1' }, write: 'onCreate' },
      ...fields,
    },
    ...more,
  });

export const line = (key: string, fields: object): object => ({ key, fields });

export const order = (
  externalId: string,
  customerId: string,
  lines: object[],
  more: object = {},
): Record<string, unknown> =>
  operation({
    recordType: 'salesorder',
    externalId,
    fields: { entity: { ref: { recordType: 'customer', externalId: customerId } } },
    sublists: { item: { keyField: 'custcol_srl_line_key', mode: 'replace', lines } },
    requires: [{ recordType: 'customer', externalId: customerId }],
    ...more,
  });

export const sku = (itemid: string): object => ({
  ref: { recordType: 'item', key: { field: 'itemid', value: itemid } },
});

export const batch = (operations: object[], budget?: object): object => ({
  contract: CONTRACT_VERSION,
  batchId: `batch-${nextVersion()}`,
  ...(budget === undefined ? {} : { budget }),
  operations,
});

export interface Result {
  opId: string;
  status: string;
  internalId?: string;
  externalId?: string;
  version?: string;
  changes?: { field: string; old: unknown; new: unknown }[];
  skipped?: { field: string; reason: string }[];
  warnings: { code: string; message: string }[];
  error?: { code: string; message: string; class: string; field?: string };
  missing?: { recordType: string; externalId: string }[];
}

export const resultsOf = (answer: { body: Record<string, unknown> }): Result[] => {
  if (!Array.isArray(answer.body['results'])) throw new Error(JSON.stringify(answer.body));
  return answer.body['results'] as Result[];
};
