/** The part of a staged file that one map invocation reads. */
export interface Slice {
  jobId: string;
  run: number;
  /** Record type of the job: all its operations are of this one. */
  recordType: string;
  fileId: string;
  part: number;
  /** First line and number of lines. */
  from: number;
  count: number;
  /** Buckets that the operations of the whole run are spread over. */
  buckets: number;
}

/**
 * A map invocation has 300 s and 100 million instructions (Oracle page section_4480364878), and a part of 8 MB holds over ten thousand
 * operations: each invocation takes so many of them. The file is loaded once for each slice, 10 units.
 */
const SLICE_LINES = 2000;

export function slicesOf(file: Omit<Slice, 'from' | 'count'>, lines: number, most = SLICE_LINES): Slice[] {
  const count = Math.ceil(lines / most);
  return Array.from({ length: count }, (_, at) => ({
    ...file,
    from: at * most,
    count: Math.min(most, lines - at * most),
  }));
}
