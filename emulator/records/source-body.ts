import type { Account, Fields, RecordData, TypeMeta } from '../kernel/types';
import { addressLineId, addressOf, addressText, defaultAddress } from './address-text';
import { sourceComponents } from './assemblies';
import { baseCurrency } from './base-currency';
import { today } from './clock-day';
import { findReference } from './find-record';
import { exchangeRate } from './money';
import { offerOpenDocuments } from './source-apply';
import { sourcePosting } from './posting';
import { sourceDueDate } from './source-due-date';
import { dropAddress } from './stamp-addresses';
import { derive, isTouched } from './touched';

/** Body fields that a transaction takes over from its customer or vendor. */
const FROM_ENTITY = [
  'subsidiary',
  'currency',
  'terms',
  'salesrep',
  'partner',
  'leadsource',
  'email',
  'shipcomplete',
  'territory',
];
const RENAMED: Record<string, string> = { shipmethod: 'shippingitem', istaxable: 'taxable' };
/** Where a company without a subsidiary belongs. */
const ROOT_SUBSIDIARY = '1';
const ENTITY_FIELDS = new Set(['entity', 'customer']);

/** Applies what follows from a change of one body field, as the entry form would. */
export function sourceBodyField(account: Account, meta: TypeMeta, record: RecordData, field: string): void {
  if (meta.group === 'transaction') {
    if (ENTITY_FIELDS.has(field)) sourceEntity(account, meta, record, field);
    if (field === 'billaddresslist') sourceAddress(account, meta, record, 'billing');
    if (field === 'shipaddresslist') sourceAddress(account, meta, record, 'shipping');
    if (['currency', 'subsidiary', 'trandate', ...ENTITY_FIELDS].includes(field))
      sourceExchangeRate(account, meta, record);
    if (field === 'currency') offerOpenDocuments(account, meta, record);
    if (['terms', 'trandate', ...ENTITY_FIELDS].includes(field)) sourceDueDate(account, meta, record);
    sourcePosting(account, meta, record, field);
    sourceComponents(account, meta, record, field);
    if (field === 'entitystatus') sourceProbability(account, meta, record);
    if (field === 'discountitem') sourceDiscount(account, record);
  } else if (field === 'subsidiary' && meta.group === 'entity') {
    // A new customer or vendor trades in its subsidiary's currency unless told otherwise.
    if (record.id === null && meta.fields.currency && account.feature('MULTICURRENCY'))
      derive(record, 'currency', baseCurrency(account, record.fields.subsidiary));
  } else if (field === 'company' || field === 'parent') {
    sourceFromCompany(account, meta, record, field);
  }
}

function sourceEntity(account: Account, meta: TypeMeta, record: RecordData, field: string): void {
  const id = record.fields[field];
  const entity = typeof id === 'string' ? findReference(account, 'entity', id) : undefined;
  if (!entity) return;
  for (const name of FROM_ENTITY) if (meta.fields[name]) deriveIfAny(record, name, entity.fields[name]);
  for (const [name, source] of Object.entries(RENAMED))
    if (meta.fields[name]) deriveIfAny(record, name, entity.fields[source]);
  if (meta.fields.entityname) derive(record, 'entityname', entity.fields.entityid);
  // A project's transactions run under its customer's terms and currency.
  offerOpenDocuments(account, meta, record);
  sourceDefaultAddress(account, meta, record, entity, 'billing');
  sourceDefaultAddress(account, meta, record, entity, 'shipping');
}

function deriveIfAny(record: RecordData, field: string, value: Fields[string] | undefined): void {
  if (value === undefined || value === null || value === '') return;
  derive(record, field, value);
}

type AddressKind = 'billing' | 'shipping';
const LIST: Record<AddressKind, string> = { billing: 'billaddresslist', shipping: 'shipaddresslist' };
const TEXT: Record<AddressKind, string> = { billing: 'billaddress', shipping: 'shipaddress' };
const SUBRECORD: Record<AddressKind, string> = { billing: 'billingaddress', shipping: 'shippingaddress' };

function sourceDefaultAddress(
  account: Account,
  meta: TypeMeta,
  record: RecordData,
  entity: RecordData,
  kind: AddressKind,
): void {
  const line = defaultAddress(entity, kind === 'billing' ? 'defaultbilling' : 'defaultshipping');
  if (!meta.fields[LIST[kind]] || isTouched(record, LIST[kind]) || record.subrecords[SUBRECORD[kind]]?.touched?.length)
    return;
  if (!line) return leaveAddress(account, record, kind);
  record.fields[LIST[kind]] = addressLineId(line);
  sourceAddress(account, meta, record, kind);
}

/** Who has no address of the kind is sent nothing to that of the customer that the record was for before. */
function leaveAddress(account: Account, record: RecordData, kind: AddressKind): void {
  const stored = record.id === null ? undefined : account.store.get(record.type, record.id);
  if (!stored || stored.fields.entity === record.fields.entity) return;
  record.fields[LIST[kind]] = null;
  dropAddress(record, SUBRECORD[kind]);
}

/** The chosen address of the entity's address book, copied: later edits of the book leave the transaction alone. */
function sourceAddress(account: Account, meta: TypeMeta, record: RecordData, kind: AddressKind): void {
  const chosen = record.fields[LIST[kind]];
  const entityId = record.fields.entity ?? record.fields.customer;
  const entity = typeof entityId === 'string' ? findReference(account, 'entity', entityId) : undefined;
  const line = (entity?.sublists.addressbook ?? []).find((each) => addressLineId(each) === chosen);
  if (!line || !meta.subrecords[SUBRECORD[kind]]) return;
  record.subrecords[SUBRECORD[kind]] = { fields: { ...addressOf(line) } };
  if (meta.fields[TEXT[kind]])
    derive(record, TEXT[kind], addressText(addressOf(line), String(entity?.fields.companyname ?? '')));
}

function sourceExchangeRate(account: Account, meta: TypeMeta, record: RecordData): void {
  if (!meta.fields.exchangerate) return;
  const base = baseCurrency(account, record.fields.subsidiary);
  if (!record.fields.currency) record.fields.currency = base;
  const currency = String(record.fields.currency);
  const row = account.store.get('currency', currency);
  derive(
    record,
    'exchangerate',
    exchangeRate(account, currency, base, String(record.fields.trandate ?? today(account))),
  );
  if (meta.fields.currencyname && row) record.fields.currencyname = row.fields.name ?? null;
  if (meta.fields.currencysymbol && row) record.fields.currencysymbol = row.fields.symbol ?? null;
}

function sourceProbability(account: Account, meta: TypeMeta, record: RecordData): void {
  const status = record.fields.entitystatus;
  const row = typeof status === 'string' ? account.store.get('customerstatus', status) : undefined;
  if (row && meta.fields.probability) deriveIfAny(record, 'probability', row.fields.probability);
}

function sourceDiscount(account: Account, record: RecordData): void {
  const item =
    typeof record.fields.discountitem === 'string'
      ? findReference(account, 'item', record.fields.discountitem)
      : undefined;
  if (item) deriveIfAny(record, 'discountrate', item.fields.rate);
}

/** A contact belongs to its company's subsidiary; a customer's child starts with the parent's. */
function sourceFromCompany(account: Account, meta: TypeMeta, record: RecordData, field: string): void {
  const id = record.fields[field];
  const company = typeof id === 'string' ? findReference(account, 'entity', id) : undefined;
  if (!company) return;
  if (meta.fields.subsidiary && !record.fields.subsidiary && account.feature('SUBSIDIARIES')) {
    deriveIfAny(record, 'subsidiary', company.fields.subsidiary ?? ROOT_SUBSIDIARY);
  }
  if (field === 'company' && meta.id === 'supportcase') {
    deriveIfAny(record, 'email', company.fields.email);
    deriveIfAny(record, 'phone', company.fields.phone);
  }
}
