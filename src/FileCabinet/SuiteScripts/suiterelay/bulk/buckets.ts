/** Records a bucket holds on average; with a hash that scatters well none comes near 100. */
const RECORDS_PER_BUCKET = 50;
/** In a follow-up run buckets are small, so that what ended a bucket before takes few others with it. */
const RECORDS_PER_LATER_BUCKET = 10;

export const bucketCount = (operations: number, run = 0): number =>
  Math.max(1, Math.ceil(operations / (run === 0 ? RECORDS_PER_BUCKET : RECORDS_PER_LATER_BUCKET)));

/** FNV-1a: scatters well and is the same in every run, so a bucket's key is stable. */
export function bucketOfKey(key: string, buckets: number): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) {
    hash ^= key.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return `b${hash % buckets}`;
}

/** What reduce is told by the key of a bucket. */
export interface BucketKey {
  jobId: string;
  run: number;
  recordType: string;
  bucket: string;
}

export const writeBucketKey = ({ jobId, run, recordType, bucket }: BucketKey): string =>
  [jobId, run, recordType, bucket].join('/');

export function readBucketKey(key: string): BucketKey {
  const [jobId = '', run = '0', recordType = '', bucket = ''] = key.split('/');
  return { jobId, run: Number(run), recordType, bucket };
}

/** Values of a bucket begin with the version, because reduce sorts them as text (Oracle page section_4472721828). */
export const bucketValue = (version: string, operation: unknown): string => `${version}${JSON.stringify(operation)}`;
export const operationOf = (value: string): unknown => JSON.parse(value.slice(16)) as unknown;
