import type { ModuleFactory } from '../types';

/** In the bundle a `require` of a literal path evaluates that file at its first call: an execution pays for the modules it uses, not for all. */
declare const require: (path: string) => unknown;

const lazy =
  <K extends string>(load: () => unknown, name: K): ModuleFactory =>
  (guest) =>
    (load() as Record<K, ModuleFactory>)[name](guest);

/** Every built-in module this emulator has: one file a module, one line here. `require('N')` offers them all. */
export const MODULES: Record<string, ModuleFactory> = {
  'N/config': lazy(() => require('./config'), 'createConfigModule'),
  'N/currency': lazy(() => require('./currency'), 'createCurrencyModule'),
  'N/email': lazy(() => require('./email'), 'createEmailModule'),
  'N/format/i18n': lazy(() => require('./i18n'), 'createI18nModule'),
  'N/redirect': lazy(() => require('./redirect'), 'createRedirectModule'),
  'N/scriptTypes/restlet': lazy(() => require('./restlet-response'), 'createRestletModule'),
  'N/suiteAppInfo': lazy(() => require('./suite-app-info'), 'createSuiteAppInfoModule'),
  'N/transaction': lazy(() => require('./transaction'), 'createTransactionModule'),
  'N/render': lazy(() => require('./render'), 'createRenderModule'),
  'N/xml': lazy(() => require('./xml'), 'createXmlModule'),
  'N/workflow': lazy(() => require('./workflow'), 'createWorkflowModule'),
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
  'N/ui/message': lazy(() => require('./ui-message'), 'createMessageModule'),
  'N/ui/serverWidget': lazy(() => require('./server-widget'), 'createServerWidgetModule'),
  'N/url': lazy(() => require('./url'), 'createUrlModule'),
  'N/util': lazy(() => require('./util'), 'createUtilModule'),
};
