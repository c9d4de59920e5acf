import type { ModuleFactory } from '../types';

/** In the bundle a `require` of a literal path evaluates that file at its first call: an execution pays for the modules it uses, not for all. */
declare const require: (path: string) => unknown;

const lazy =
  <K extends string>(load: () => unknown, name: K): ModuleFactory =>
  (guest) =>
    (load() as Record<K, ModuleFactory>)[name](guest);

/** Every built-in module this emulator has: one file a module, one line here. `require('N')` offers them all. */
export const MODULES: Record<string, ModuleFactory> = {
  'N/cache': lazy(() => require('./cache'), 'createCacheModule'),
  'N/crypto': lazy(() => require('./crypto'), 'createCryptoModule'),
  'N/crypto/random': lazy(() => require('./crypto-random'), 'createRandomModule'),
  'N/encode': lazy(() => require('./encode'), 'createEncodeModule'),
  'N/error': lazy(() => require('./error'), 'createErrorModule'),
  'N/file': lazy(() => require('./file'), 'createFileModule'),
  'N/format': lazy(() => require('./format'), 'createFormatModule'),
  'N/http': lazy(() => require('./http'), 'createHttpModule'),
  'N/https': lazy(() => require('./https'), 'createHttpsModule'),
  'N/log': lazy(() => require('./log'), 'createLogModule'),
  'N/record': lazy(() => require('./record'), 'createRecordModule'),
  'N/currentRecord': lazy(() => require('./record-current'), 'createCurrentRecordModule'),
  'N/query': lazy(() => require('./query'), 'createQueryModule'),
  'N/runtime': lazy(() => require('./runtime'), 'createRuntimeModule'),
  'N/search': lazy(() => require('./search'), 'createSearchModule'),
  'N/task': lazy(() => require('./task'), 'createTaskModule'),
  'N/url': lazy(() => require('./url'), 'createUrlModule'),
  'N/util': lazy(() => require('./util'), 'createUtilModule'),
import { createCacheModule } from './cache';
import { createCryptoModule } from './crypto';
import { createRandomModule } from './crypto-random';
import { createEncodeModule } from './encode';
import { createErrorModule } from './error';
import { createFileModule } from './file';
import { createFormatModule } from './format';
import { createHttpModule } from './http';
import { createHttpsModule } from './https';
import { createLogModule } from './log';
import { createCurrentRecordModule } from './record-current';
import { createRecordModule } from './record';
import { createQueryModule } from './query';
import { createRuntimeModule } from './runtime';
import { createTaskModule } from './task';
import { createUrlModule } from './url';
import { createUtilModule } from './util';
import { createConfigModule } from './config';
import { createCurrencyModule } from './currency';
import { createEmailModule } from './email';
import { createI18nModule } from './i18n';
import { createRedirectModule } from './redirect';
import { createRestletModule } from './restlet-response';
import { createSuiteAppInfoModule } from './suite-app-info';
import { createTransactionModule } from './transaction';
import { createWorkflowModule } from './workflow';
import { refusedModules } from './refused';

/** Every built-in module this emulator has: one file a module, one line here. `require('N')` offers them all. */
export const MODULES: Record<string, ModuleFactory> = {
  ...refusedModules(),
  'N/config': createConfigModule,
  'N/currency': createCurrencyModule,
  'N/email': createEmailModule,
  'N/format/i18n': createI18nModule,
  'N/redirect': createRedirectModule,
  'N/scriptTypes/restlet': createRestletModule,
  'N/suiteAppInfo': createSuiteAppInfoModule,
  'N/transaction': createTransactionModule,
  'N/workflow': createWorkflowModule,
  'N/cache': createCacheModule,
  'N/crypto': createCryptoModule,
  'N/crypto/random': createRandomModule,
  'N/encode': createEncodeModule,
  'N/error': createErrorModule,
  'N/file': createFileModule,
  'N/format': createFormatModule,
  'N/http': createHttpModule,
  'N/https': createHttpsModule,
  'N/log': createLogModule,
  'N/record': createRecordModule,
  'N/currentRecord': createCurrentRecordModule,
  'N/query': createQueryModule,
  'N/runtime': createRuntimeModule,
  'N/task': createTaskModule,
  'N/url': createUrlModule,
  'N/util': createUtilModule,
};
