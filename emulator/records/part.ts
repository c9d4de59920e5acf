import type { Account, Part, Registry, Store } from '../kernel/types';
import { openStore } from '../store/open-store';
import { controlRecords } from './control-records';
import { commitSave } from './commit-save';
import { formSyscalls } from './form-syscalls';
import { installDefaultData } from './install-default-data';
import { attachRecord, detachRecord } from './link-records';
import { figureSyscalls } from './figures';
import { createRecord } from './open-new';
import { copyRecord, loadRecord, printRecord } from './open-stored';
import { prepareSave } from './prepare-save';
import { dropSave } from './prepared-saves';
import { AccountRegistry } from './registry';
import { transformRecord } from './transform-record';
import { relatedSyscalls } from './related-records';
import { sourceSyscalls } from './source-syscalls';
import { storeListValues } from './store-list-values';
import { textSyscalls } from './text-syscalls';
import { voidTransaction } from './void-transaction';

/** Opens the account's data and its registry of types, each of which needs the other. */
function openServices(account: Account): { store: Store; registry: Registry } {
  const registry = new AccountRegistry((id, values) => storeListValues(store, id, values));
  const store = openStore(account.settings.data, (type) => registry.type(type)?.group ?? type);
  return { store, registry };
}

const abortSave = (account: Account, _execution: unknown, args: { saveId: string }): null => {
  dropSave(account, args.saveId);
  return null;
};

export const part: Part = {
  name: 'records',
  services: openServices,
  install: installDefaultData,
  control: controlRecords,
  capture: (account) => (account.registry as AccountRegistry).snapshot(),
  syscalls: {
    'record.create': createRecord,
    'record.load': loadRecord,
    'record.print': printRecord,
    'record.copy': copyRecord,
    'record.transform': transformRecord,
    'record.attach': attachRecord,
    'record.detach': detachRecord,
    'record.prepareSave': prepareSave,
    'record.commit': commitSave,
    'record.abort': abortSave,
    'transaction.void': voidTransaction,
    ...formSyscalls,
    ...figureSyscalls,
    ...relatedSyscalls,
    ...textSyscalls,
    ...sourceSyscalls,
  },
};
