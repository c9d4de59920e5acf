import type { Account, Fields, RecordData, TypeMeta } from '../kernel/types';
import { recordOptions } from './options';

/** Document numbers: prefix by type, one counter a type, from 1001 on. */
const PREFIXES: Record<string, string> = {
  salesorder: 'SO',
  estimate: 'EST',
  opportunity: 'OPP',
  invoice: 'INV',
  cashsale: 'CS',
  creditmemo: 'CM',
  customerpayment: 'PYMT',
  customerdeposit: 'CD',
  cashrefund: 'CR',
  customerrefund: 'RFND',
  returnauthorization: 'RMA',
  itemfulfillment: 'IF',
  itemreceipt: 'IR',
  purchaseorder: 'PO',
  vendorbill: 'BILL',
  vendorcredit: 'VC',
  vendorpayment: 'BP',
  vendorreturnauthorization: 'VRMA',
  transferorder: 'TO',
  workorder: 'WO',
  inventoryadjustment: 'IA',
  inventorytransfer: 'IT',
  journalentry: 'JE',
  intercompanyjournalentry: 'ICJE',
  deposit: 'DEP',
  depositapplication: 'DA',
  check: 'CHK',
  expensereport: 'EXP',
  assemblybuild: 'AB',
  purchaserequisition: 'REQ',
};
const FIRST_NUMBER = 1000;
const TO_BE_GENERATED = 'To Be Generated';
/** Entered by hand in an account: bills and credits carry the vendor's own number. */
const OWN_NUMBER = new Set(['vendorbill', 'vendorcredit']);

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

function numberTransaction(account: Account, meta: TypeMeta, record: RecordData): void {
  const given = record.fields.tranid;
  if (given !== undefined && given !== null && given !== TO_BE_GENERATED) return;
  if (OWN_NUMBER.has(meta.id)) {
    record.fields.tranid = null;
    record.fields.transactionnumber ??= `${PREFIXES[meta.id]}${FIRST_NUMBER + account.store.next(`number:${meta.id}`)}`;
    return;
  }
  record.fields.tranid = `${PREFIXES[meta.id] ?? ''}${FIRST_NUMBER + account.store.next(`number:${meta.id}`)}`;
}

/** A person's name or a company's. */
export function nameOf(fields: Fields): string {
  const person = [fields.firstname, fields.middlename, fields.lastname]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ');
  const company = typeof fields.companyname === 'string' ? fields.companyname : '';
  return fields.isperson === true ? person || company : company || person;
}

const AUTO_NAMED = new Set([
  'customer',
  'lead',
  'prospect',
  'vendor',
  'partner',
  'employee',
  'contact',
  'job',
  'othername',
]);

/** Without auto-numbering an entity's id is its name; it stays when the name changes later, as the form leaves it. */
function nameEntity(account: Account, meta: TypeMeta, record: RecordData): void {
  const { fields } = record;
  const given = fields.entityid;
  if (given !== undefined && given !== null && given !== TO_BE_GENERATED) return;
  const scheme = recordOptions(account).autoNumber[meta.id];
  if (scheme) {
    const value = (scheme.next ?? 1) - 1 + account.store.next(`number:${meta.id}`);
    fields.entityid = `${scheme.prefix}${padded(value, scheme.digits ?? 1)}`;
    return;
  }
  fields.entityid = nameOf(fields) || null;
}

/** Script ids of deployments: what was typed, behind the prefix that all have. */
function nameDeployment(account: Account, fields: Fields): void {
  const given = typeof fields.scriptid === 'string' ? fields.scriptid.trim().toLowerCase() : '';
  if (given.startsWith('customdeploy')) fields.scriptid = given;
  else fields.scriptid = `customdeploy${given || account.store.next('number:scriptdeployment')}`;
}

/** Fills in what the platform names itself: document numbers, entity ids, alternative names. */
export function assignNames(account: Account, meta: TypeMeta, record: RecordData, old: RecordData | undefined): void {
  if (meta.group === 'transaction') numberTransaction(account, meta, record);
  else if (AUTO_NAMED.has(meta.id)) nameEntity(account, meta, record);
  else if (meta.id === 'supportcase' && !record.fields.casenumber)
    record.fields.casenumber = String(account.store.next('number:supportcase'));
  if (meta.id === 'scriptdeployment') nameDeployment(account, record.fields);
  if (meta.group === 'entity' && meta.fields.companyname) record.fields.altname = nameOf(record.fields) || null;
  if (meta.class === 'custom' && meta.fields.altname && record.fields.name && old?.fields.name !== record.fields.name)
    record.fields.altname = record.fields.name;
}
