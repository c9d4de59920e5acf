import type { Account } from '../../kernel/types';
import { reference, type SdfObject } from '../types';
import {
  registerColumnField,
  registerFlaggedField,
  registerItemOption,
  registerOtherField,
  type Resolve,
} from './register-fields';
import { registerForm } from './register-form';
import { registerRole } from './register-role';
import { registerScript, SCRIPT_TYPES } from './register-script';
import { registerSegment } from './register-segment';
import { registerTemplate } from './register-template';
import { registerTranslations } from './register-translations';
import { registerCustomList, registerCustomRecord } from './register-types';

type Register = (account: Account, object: SdfObject, resolve: Resolve) => void;

/** Types this account installs, in the order in which they depend on one another. */
const INSTALLERS: [type: string, register: Register][] = [
  ['customlist', registerCustomList],
  ['customsegment', registerSegment],
  ['customrecordtype', registerCustomRecord],
  ['entitycustomfield', registerFlaggedField],
  ['crmcustomfield', registerFlaggedField],
  ['transactionbodycustomfield', registerFlaggedField],
  ['itemcustomfield', registerFlaggedField],
  ['transactioncolumncustomfield', registerColumnField],
  ['itemoptioncustomfield', registerItemOption],
  ['othercustomfield', registerOtherField],
  ['role', registerRole],
  ['entryForm', registerForm],
  ['transactionForm', registerForm],
  ['translationcollection', registerTranslations],
  ['advancedpdftemplate', registerTemplate],
  ...Object.keys(SCRIPT_TYPES).map((type): [string, Register] => [type, registerScript]),
];

/** Object types without an installer whose absence changes nothing a script can see: the value lives elsewhere or in the UI only. */
const INERT = new Set([
  'secret',
  'integration',
  'clientscript',
  'portlet',
  'center',
  'centercategory',
  'centerlink',
  'centertab',
  'subtab',
  'sublist',
  'emailtemplate',
]);

export const isInstalled = (type: string): boolean => INERT.has(type) || INSTALLERS.some(([id]) => id === type);

/** Installs objects into the account, dependencies first, and remembers their script ids. */
export function registerObjects(account: Account, objects: SdfObject[]): void {
  const resolve: Resolve = (text) => resolveReference(account, text);
  const installed = installedObjects(account);
  for (const [type, register] of INSTALLERS) {
    for (const object of objects) if (object.root.tag === type) register(account, object, resolve);
  }
  for (const object of objects) rememberIds(installed, object);
}

/** Script ids of everything installed; `customrecord_x.custrecord_y` for what belongs to another object. */
export const installedObjects = (account: Account): Set<string> => {
  const known = account.parts.get('sdfObjects') as Set<string> | undefined;
  if (known) return known;
  const created = new Set<string>();
  account.parts.set('sdfObjects', created);
  return created;
};

function rememberIds(installed: Set<string>, object: SdfObject): void {
  const visit = (node: SdfObject['root'], prefix: string): void => {
    const id = node.attrs.scriptid;
    const full = id === undefined ? prefix : prefix === '' ? id : `${prefix}.${id}`;
    if (id !== undefined) installed.add(id).add(full);
    for (const item of node.children) visit(item, full);
  };
  visit(object.root, '');
}

/** `[scriptid=customlist_x.val_y]` → the value's internal id; other references → their script id; other text stays. */
function resolveReference(account: Account, text: string): string {
  if (!text.startsWith('[')) return text;
  const [owner = '', item] = reference(text).split('.');
  if (item === undefined || !account.registry.type(owner)) return owner;
  return account.store.list(owner).find((row) => row.fields.scriptid === item)?.id ?? owner;
}
