import type { Account } from '../../kernel/types';
import { flag, reference, value, type SdfObject, type XmlNode } from '../types';

const TYPE = 'customform';

/**
 * An entry or transaction form, as far as scripts feel it: its name, whether new records open with it, and the fields it demands
 * (records/custom-forms.ts). Layout, buttons and client code are the browser's.
 */
export function registerForm(account: Account, { root, scriptId }: SdfObject): void {
  const { store } = account;
  const recordtype = idOf(value(root, 'recordType') ?? '');
  const known = store.list(TYPE).find((form) => form.fields.scriptid === scriptId);
  const preferred = flag(root, 'preferred');
  if (preferred) unprefer(account, recordtype);
  store.put({
    type: TYPE,
    id: known?.id ?? null,
    externalId: null,
    version: known?.version ?? 0,
    fields: {
      name: value(root, 'name') ?? scriptId,
      scriptid: scriptId,
      recordtype,
      preferred,
      isinactive: flag(root, 'inactive'),
      mandatory: mandatoryFields(root.children.find(({ tag }) => tag === 'mainFields')),
    },
    sublists: {},
    subrecords: {},
  });
}

/** Ids are upper case for standard fields, references for custom ones. */
const idOf = (text: string): string => (text.startsWith('[') ? reference(text) : text).toLowerCase();

function mandatoryFields(node: XmlNode | undefined): string[] {
  if (!node) return [];
  const below = node.children.flatMap(mandatoryFields);
  return node.tag === 'field' && flag(node, 'mandatory') ? [idOf(value(node, 'id') ?? ''), ...below] : below;
}

/** A record type has one preferred form. */
function unprefer(account: Account, recordtype: string): void {
  for (const form of account.store.list(TYPE))
    if (form.fields.recordtype === recordtype && form.fields.preferred === true)
      account.store.put({ ...form, fields: { ...form.fields, preferred: false } });
}
