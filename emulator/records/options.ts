import type { RecordOption } from '../kernel/setting-names';
import type { Account } from '../kernel/types';

/** Behaviours of the record engine that no source confirms, each with its default. Set under `settings.records`. */
interface Options {
  /** Error of a taken external id, by billing class or record group. */
  duplicateExternalId: Record<string, { name: string; message: string }>;
  /** Status of a sales order saved without one: the account preference "Default Sales Order Status". */
  salesOrderStatus: 'A' | 'B';
  /** US, Canadian and Australian addresses take known states only (preference "Allow Free-Form States" off). */
  checkStates: boolean;
  /** A second record with the name of a first one is refused, by type. */
  uniqueNames: Record<string, boolean>;
  /** Automatic numbers instead of names for entity ids, by type: `{customer: {prefix: "CUST", digits: 4}}`. */
  autoNumber: Record<string, { prefix: string; digits?: number; next?: number }>;
  /** A save of an order line with a quantity below zero is refused. */
  refuseNegativeQuantity: boolean;
  /** More may be fulfilled or received than an order has left (accounting preferences Allow Overage …). */
  allowOverage: boolean;
  /** Orders are billed before their goods are fulfilled (accounting preference Invoice in Advance of Fulfillment). */
  invoiceInAdvance: boolean;
  /** An item that is inactive can't be put on a new line. */
  refuseInactiveItems: boolean;
  /** A record can't be saved with a form that the account does not have (INVALID_KEY_OR_REF). */
  refuseUnknownForms: boolean;
  /** Minimal fields that a custom field takes part in list edits with. */
  customFieldsInlineEditable: boolean;
}

/** The options by the names that a configuration may give. */
export type RecordOptions = Pick<Options, RecordOption>;

const DUPLICATE = 'This record already exists';

const DEFAULTS: RecordOptions = {
  duplicateExternalId: {
    transaction: { name: 'DUP_RCRD', message: DUPLICATE },
    entity: { name: 'DUP_ENTITY', message: 'This entity already exists.' },
    item: { name: 'DUP_ITEM', message: 'Uniqueness error - there is already an item with that name or external ID.' },
    custom: { name: 'DUP_CSTM_RCRD_ENTRY', message: DUPLICATE },
    other: { name: 'DUP_RCRD', message: DUPLICATE },
  },
  salesOrderStatus: 'B',
  checkStates: true,
  uniqueNames: { customer: true, contact: true, vendor: true, employee: true, partner: true, item: true },
  autoNumber: {},
  refuseNegativeQuantity: true,
  allowOverage: false,
  invoiceInAdvance: true,
  refuseInactiveItems: true,
  refuseUnknownForms: true,
  customFieldsInlineEditable: true,
};

export function recordOptions(account: Account): RecordOptions {
  const given = account.settings.settings.records as Partial<RecordOptions> | undefined;
  return given ? { ...DEFAULTS, ...given } : DEFAULTS;
}
