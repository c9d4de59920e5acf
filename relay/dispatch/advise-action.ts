import type { ErrorClass } from '../../contract';

const BY_CODE: Readonly<Record<string, string>> = {
  UNKNOWN_ITEM: 'Create the item in NetSuite or correct the product code in the CRM, then replay.',
  UNKNOWN_CURRENCY: 'Add the currency in NetSuite or correct it in the CRM, then replay.',
  UNKNOWN_COUNTRY: 'Correct the country in the CRM (ISO code or English name), then replay.',
  REFERENCE_INACTIVE: 'Reactivate the record in NetSuite or choose another in the CRM, then replay.',
  NEGATIVE_QUANTITY: 'Correct the quantity in the CRM; returns go through a return authorization.',
  EXTERNAL_ID_TAKEN: 'Free the external id in NetSuite, or link the CRM record to the right one.',
  AMBIGUOUS_MATCH: 'Choose the right record among the candidates and link it.',
  MANDATORY_FIELD_EMPTY: 'Fill the field in the CRM or give the flow a value for it, then replay.',
  FIELD_TOO_LONG: 'Shorten the value in the CRM, or let the flow truncate it.',
  FIELD_DENIED: 'Remove the field from the flow: NetSuite computes it.',
  RECORD_NOT_FOUND: 'Send the whole record, which creates it, and replay; or resolve it, where there should be none.',
  INVALID_CRM_ID: 'Send the 18-character id.',
};

const BY_CLASS: Readonly<Record<ErrorClass, string>> = {
  transient: 'Nothing: it is tried again by itself.',
  throttle: 'Nothing: it is sent when the account has room.',
  dependency: 'Send the record it waits for, or resolve it.',
  data: 'Correct the record in the CRM and let it be sent again, or edit and replay.',
  conflict: 'Compare both sides, then replay or resolve.',
  permission: 'Give the role the permission that is named, then replay.',
  configuration: 'Correct the set-up that is named (`suiterelay doctor` checks it), then replay.',
  unknown: 'Read the message and the script log, then replay or resolve.',
};

/** What a person should do about a failure. */
export const adviseAction = (error: { code: string; class: ErrorClass }): string =>
  BY_CODE[error.code] ?? BY_CLASS[error.class];
