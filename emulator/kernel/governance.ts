/**
 * What every API costs: Oracle's governance table (page section_157072844224 and the pages of each module), as data.
 * Two profiles: `documented`, and `observed` where a running account is known to bill differently.
 */
import type { GovernanceClass, ScriptType } from './types';

type ByClass = Record<GovernanceClass, number>;
/** A flat figure, one per record class, or one per kind (`task.submit` by task type; `default` for the rest). */
export type Price = number | ByClass | { kinds: Record<string, number>; default: number };

const byClass = (transaction: number, custom: number, other: number): ByClass => ({ transaction, custom, other });
const LOAD = byClass(10, 2, 5);
const SAVE = byClass(20, 4, 10);

const flat = (units: number, ...apis: string[]): Record<string, number> =>
  Object.fromEntries(apis.map((api) => [api, units]));

export const DOCUMENTED: Record<string, Price> = {
  'record.create': LOAD,
  'record.load': LOAD,
  'record.copy': LOAD,
  'record.transform': LOAD,
  'record.submitFields': LOAD,
  'record.save': SAVE,
  'record.delete': SAVE,
  'record.executeMacro': 10,
  ...flat(10, 'record.attach', 'record.detach'),
  ...flat(5, 'search.load', 'search.delete', 'search.save', 'search.runPaged', 'search.fetch'),
  ...flat(10, 'search.each', 'search.getRange', 'search.global', 'search.duplicates'),
  'search.lookupFields': 1,
  ...flat(
    10,
    'query.runSuiteQL',
    'query.runSuiteQLPaged',
    'query.run',
    'query.runPaged',
    'query.fetch',
    'query.iterator',
  ),
  ...flat(5, 'query.load', 'query.delete', 'query.listTables', 'query.save'),
  ...flat(10, 'https.get', 'https.post', 'https.put', 'https.delete', 'https.head', 'https.request'),
  ...flat(10, 'https.requestRestlet', 'https.requestSuitelet', 'https.requestSuiteTalkRest'),
  ...flat(10, 'http.get', 'http.post', 'http.put', 'http.delete', 'http.head', 'http.request'),
  'task.submit': {
    kinds: { MAP_REDUCE: 20, SCHEDULED_SCRIPT: 20, WORKFLOW_TRIGGER: 20, RECORD_ACTION: 50 },
    default: 100,
  },
  ...flat(0, 'task.checkStatus'),
  ...flat(10, 'task.getPercentageCompleted', 'task.getPendingMapCount', 'task.getTotalMapCount'),
  ...flat(
    10,
    'task.getPendingReduceCount',
    'task.getTotalReduceCount',
    'task.getPendingOutputCount',
    'task.getTotalOutputCount',
  ),
  ...flat(
    25,
    'task.getPendingMapSize',
    'task.getPendingReduceSize',
    'task.getPendingOutputSize',
    'task.getCurrentTotalSize',
  ),
  ...flat(1, 'cache.get', 'cache.put', 'cache.remove'),
  'cache.loader': 1,
  'file.load': 10,
  ...flat(20, 'file.save', 'file.copy', 'file.delete'),
  'email.send': 20,
  ...flat(10, 'email.sendBulk', 'email.sendCampaignEvent'),
  ...flat(0, 'crypto.generateBytes', 'crypto.generateInt', 'crypto.generateUUID'),
  ...flat(10, 'certificate.createSigner', 'certificate.createVerifier', 'certificate.signXml', 'certificate.verifyXml'),
  ...flat(10, 'i18n.getNumberFormatter', 'i18n.getCurrencyFormatter', 'i18n.getPhoneNumberFormatter', 'i18n.format'),
  ...flat(10, 'config.load', 'config.save', 'currency.exchangeRate', 'transaction.void'),
  ...flat(20, 'workflow.initiate', 'workflow.trigger'),
  'compress.archive': 25,
  ...flat(10, 'render.transaction', 'render.statement', 'render.packingSlip', 'render.pickingTicket', 'render.bom'),
  ...flat(
    10,
    'render.mergeEmail',
    'render.renderAsPdf',
    'render.renderPdfToResponse',
    'render.xmlToPdf',
    'recordContext.getContext',
  ),
  ...flat(5, 'suiteAppInfo.isSuiteAppInstalled', 'suiteAppInfo.isBundleInstalled'),
  'suiteAppInfo.list': 10,
  'translation.get': 1,
  'translation.load': 10,
  ...flat(0, 'log.write', 'script.load'),
};

/** Where a running account bills otherwise than documented (see docs/emulator.md). */
export const OBSERVED: Record<string, Price> = {
  ...flat(0, 'search.runPaged', 'search.fetch', 'task.getPercentageCompleted', 'recordContext.getContext'),
  ...flat(5, 'crypto.generateBytes', 'crypto.generateInt', 'crypto.generateUUID'),
  'task.submit': {
    kinds: { MAP_REDUCE: 20, SCHEDULED_SCRIPT: 20, WORKFLOW_TRIGGER: 100, RECORD_ACTION: 50 },
    default: 100,
  },
};

/** Virtual milliseconds of an API call by default; setting `apiMs` overrides by the same keys. No source publishes them. */
export const API_MS: Record<string, Price> = {
  'record.create': byClass(30, 5, 15),
  'record.load': byClass(60, 10, 30),
  'record.copy': byClass(60, 10, 30),
  'record.transform': byClass(120, 20, 60),
  'record.submitFields': byClass(80, 15, 50),
  'record.save': byClass(250, 25, 100),
  'record.delete': byClass(200, 25, 100),
  'https.request': 100,
  'task.submit': 50,
  'file.save': 50,
};
/** For every other API that costs units. */
export const OTHER_API_MS = 20;

/** The price of an API, or undefined when the table does not know it. `kind`: record class or task type. */
export function priceOf(
  price: Price | undefined,
  recordClass: GovernanceClass | undefined,
  kind?: string,
): number | undefined {
  if (price === undefined || typeof price === 'number') return price;
  if ('kinds' in price) return price.kinds[kind ?? ''] ?? price.default;
  return price[recordClass ?? 'other'];
}

export interface Limits {
  units: number;
  ms: number;
}

const SECOND = 1000;

/** Units and time by script type (pages section_N3351480, section_161591009480); Map/Reduce per stage (section_4480364878). */
export const SCRIPT_LIMITS: Record<Exclude<ScriptType, 'mapreduce'>, Limits> &
  Record<'mapreduce', Record<string, Limits>> = {
  restlet: { units: 5000, ms: 300 * SECOND },
  userevent: { units: 1000, ms: 300 * SECOND },
  scheduled: { units: 10_000, ms: 3600 * SECOND },
  suitelet: { units: 1000, ms: 300 * SECOND },
  massupdate: { units: 1000, ms: 300 * SECOND },
  workflowaction: { units: 1000, ms: 300 * SECOND },
  mapreduce: {
    getInputData: { units: 10_000, ms: 3600 * SECOND },
    map: { units: 1000, ms: 300 * SECOND },
    reduce: { units: 5000, ms: 900 * SECOND },
    summarize: { units: 10_000, ms: 3600 * SECOND },
  },
};
