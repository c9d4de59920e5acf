import cache from 'N/cache';
import crypto from 'N/crypto';
import encode from 'N/encode';
import runtime from 'N/runtime';
import type { ColumnMemory, Tools } from '../upsert/ports';
import { files } from './file-port';
import { missingToView } from './missing-to-view';
import { queries } from './query-port';
import { records } from './record-port';

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** SHA-256 of a text, lower-case hex. Costs no units. */
export function sha256(text: string): string {
  // `update` takes an empty text for a missing argument.
  if (text === '') return EMPTY_SHA256;
  const hash = crypto.createHash({ algorithm: crypto.HashAlg.SHA256 });
  hash.update({ input: text, inputEncoding: encode.Encoding.UTF_8 });
  return hash.digest({ outputEncoding: encode.Encoding.HEX }).toLowerCase();
}

const memoryName = (recordType: string): string => `columns:${runtime.getCurrentUser().role}:${recordType}`;

const openCache = () => cache.getCache({ name: 'suiterelay', scope: cache.Scope.PRIVATE });

/** Six hours: a permission that was granted meanwhile shows soon enough. */
const TTL_SECONDS = 6 * 3600;

const memory: ColumnMemory = {
  recall: (recordType) => {
    const text = openCache().get({ key: memoryName(recordType) });
    return text === null || text === '' ? [] : text.split(',');
  },
  remember: (recordType, columns) => {
    openCache().put({ key: memoryName(recordType), value: columns.join(','), ttl: TTL_SECONDS });
  },
};

const feature = (name: string): boolean => runtime.isFeatureInEffect({ feature: name as runtime.NetSuiteFeature });

/** The upsert logic's view of this account. */
export const tools: Tools = {
  records,
  files,
  queries,
  memory,
  hash: sha256,
  now: () => new Date(),
  missingToView,
  feature,
};
