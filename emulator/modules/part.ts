import type { Account, Part } from '../kernel/types';
import { createPermissions } from '../permissions/permissions';
import { RoleBook, roleBook } from '../permissions/role-book';
import { writeRoleRecord } from '../permissions/role-record';
import { ScriptRegistry, scriptRegistry } from '../scripts/script-registry';
import { scheduler } from '../scripts/scheduler';
import { serveSuitelet, SUITELET_PATH } from '../scripts/serve-suitelet';
import { TaskBook } from '../scripts/task-book';
import { failInterruptedTasks } from '../scripts/task-record';
import { installedObjects } from '../sdf/register/register-object';
import { accountSyscalls } from './account-syscalls';
import { DEPLOY_PATH, serveDeploy } from '../sdf/serve-deploy';
import { cacheEntries, cacheSyscalls } from './cache-syscalls';
import { Cabinet, cabinet } from './cabinet';
import { callScriptSyscalls } from './call-script-syscalls';
import { compressSyscalls } from './compress-syscalls';
import { control } from './control';
import { cryptoSyscalls } from './crypto-syscalls';
import { withDefaultFeatures } from './default-features';
import { emailSyscalls } from './email-syscalls';
import { exportSyscalls } from './export-syscalls';
import { fileSyscalls } from './file-syscalls';
import { httpsSyscalls } from './https-syscalls';
import { i18nSyscalls } from './i18n-syscalls';
import { renderSyscalls } from './render-syscalls';
import { runtimeSyscalls } from './runtime-syscalls';
import { suiteAppSyscalls } from './suite-app-syscalls';
import { taskSyscalls } from './task-syscalls';
import { translationSyscalls } from './translation-syscalls';
import { urlSyscalls } from './url-syscalls';

function install(account: Account): void {
  cabinet(account).createRootFolders();
  failInterruptedTasks(account);
  for (const role of roleBook(account).all()) writeRoleRecord(account, role);
}

/** Roles, scripts and objects live in memory beside their records: a reset brings back what there was after the deploy. */
function capture(account: Account): () => void {
  const restoreScripts = scriptRegistry(account).snapshot();
  const restoreRoles = roleBook(account).snapshot();
  const objects = [...installedObjects(account)];
  return () => {
    restoreRoles();
    restoreScripts();
    account.parts.set('sdfObjects', new Set(objects));
    cacheEntries(account).clear();
    account.parts.delete('logWindow');
    cabinet(account).forget();
    account.parts.set('tasks', new TaskBook(account));
    account.parts.delete('exports');
    scheduler(account).plan();
  };
}

/** Scripts, roles, SDF objects, and every N module but records, searches and queries. */
export const part: Part = {
  name: 'modules',
  services(account) {
    account.settings.features = withDefaultFeatures(account.settings.features);
    account.parts.set('roles', new RoleBook());
    account.parts.set('cabinet', new Cabinet(account));
    const scripts = new ScriptRegistry(account);
    account.parts.set('scripts', scripts);
    return { permissions: createPermissions(account), scripts };
  },
  install,
  capture,
  control,
  routes: [
    { path: SUITELET_PATH, handle: serveSuitelet },
    { path: DEPLOY_PATH, handle: serveDeploy },
  ],
  syscalls: {
    ...renderSyscalls,
    ...runtimeSyscalls,
    ...cryptoSyscalls,
    ...cacheSyscalls,
    ...compressSyscalls,
    ...fileSyscalls,
    ...httpsSyscalls,
    ...suiteAppSyscalls,
    ...taskSyscalls,
    ...exportSyscalls,
    ...accountSyscalls,
    ...callScriptSyscalls,
    ...emailSyscalls,
    ...i18nSyscalls,
    ...translationSyscalls,
    ...urlSyscalls,
  },
};
