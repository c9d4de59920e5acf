import type { ModuleFactory } from '../types';

/** In the bundle a `require` of a literal path evaluates that file at its first call: an execution pays for the modules it uses, not for all. */
declare const require: (path: string) => unknown;

/** Every built-in module this emulator has; `require('N')` offers them all. */
export const MODULE_NAMES = `
N/config N/currency N/email N/format/i18n N/redirect N/scriptTypes/restlet N/suiteAppInfo N/transaction N/render N/xml
N/workflow N/translation N/cache N/compress N/crypto N/crypto/random N/encode N/error N/file N/format N/http N/https N/log N/record
N/currentRecord N/recordContext N/query N/runtime N/search N/task N/ui/message N/ui/serverWidget N/url N/util`;

const made = <K extends string>(file: unknown, name: K): ModuleFactory => (file as Record<K, ModuleFactory>)[name];

/** One file a module, one line here and its name above. A `switch`, because a table would be built in each of thousands of realms. */
export function factoryOf(id: string): ModuleFactory | undefined {
  switch (id) {
    case 'N/config':
      return made(require('./config'), 'createConfigModule');
    case 'N/currency':
      return made(require('./currency'), 'createCurrencyModule');
    case 'N/email':
      return made(require('./email'), 'createEmailModule');
    case 'N/format/i18n':
      return made(require('./i18n'), 'createI18nModule');
    case 'N/redirect':
      return made(require('./redirect'), 'createRedirectModule');
    case 'N/scriptTypes/restlet':
      return made(require('./restlet-response'), 'createRestletModule');
    case 'N/transaction':
      return made(require('./transaction'), 'createTransactionModule');
    case 'N/render':
      return made(require('./render'), 'createRenderModule');
    case 'N/xml':
      return made(require('./xml'), 'createXmlModule');
    case 'N/cache':
      return made(require('./cache'), 'createCacheModule');
    case 'N/crypto':
      return made(require('./crypto'), 'createCryptoModule');
    case 'N/crypto/random':
      return made(require('./crypto-random'), 'createRandomModule');
    case 'N/encode':
      return made(require('./encode'), 'createEncodeModule');
    case 'N/error':
      return made(require('./error'), 'createErrorModule');
    case 'N/file':
      return made(require('./file'), 'createFileModule');
    case 'N/format':
      return made(require('./format'), 'createFormatModule');
    case 'N/http':
      return made(require('./http'), 'createHttpModule');
    case 'N/https':
      return made(require('./https'), 'createHttpsModule');
    case 'N/log':
      return made(require('./log'), 'createLogModule');
    case 'N/record':
      return made(require('./record'), 'createRecordModule');
    case 'N/currentRecord':
      return made(require('./record-current'), 'createCurrentRecordModule');
    case 'N/query':
      return made(require('./query'), 'createQueryModule');
    case 'N/runtime':
      return made(require('./runtime'), 'createRuntimeModule');
    case 'N/search':
      return made(require('./search'), 'createSearchModule');
    case 'N/task':
      return made(require('./task'), 'createTaskModule');
    case 'N/ui/message':
      return made(require('./ui-message'), 'createMessageModule');
    case 'N/ui/serverWidget':
      return made(require('./server-widget'), 'createServerWidgetModule');
    case 'N/url':
      return made(require('./url'), 'createUrlModule');
    case 'N/util':
      return made(require('./util'), 'createUtilModule');
    default:
      return rareFactoryOf(id);
  }
}

/** What few scripts ask for. */
function rareFactoryOf(id: string): ModuleFactory | undefined {
  switch (id) {
    case 'N/compress':
      return made(require('./compress'), 'createCompressModule');
    case 'N/recordContext':
      return made(require('./record-context'), 'createRecordContextModule');
    case 'N/suiteAppInfo':
      return made(require('./suite-app-info'), 'createSuiteAppInfoModule');
    case 'N/translation':
      return made(require('./translation'), 'createTranslationModule');
    case 'N/workflow':
      return made(require('./workflow'), 'createWorkflowModule');
    default:
      return undefined;
  }
}
