/** Names of a job's files. Everything about a part is in its name, so parts may come in any order and from several senders at once. */
export interface PartName {
  jobId: string;
  /** 0 for what the sender gave; 1, 2 … for what earlier runs left over. */
  run: number;
  part: number;
  count: number;
  /** First 16 digits of the SHA-256 of the operations as they came. */
  digest: string;
}

export const JOBS_FOLDER = 'SuiteRelay Jobs';

export const partPrefix = (jobId: string): string => `srl-job-${jobId}-part-`;
export const resultPrefix = (jobId: string): string => `srl-job-${jobId}-result-`;

export const partFile = ({ jobId, run, part, count, digest }: PartName): string =>
  `${partPrefix(jobId)}${run}-${part}-${count}-${digest}.jsonl`;

export function readPartName(name: string): PartName | null {
  const found = /^srl-job-(\d+)-part-(\d+)-(\d+)-(\d+)-([0-9a-f]{16})\.jsonl$/.exec(name);
  if (found === null) return null;
  const [, jobId, run, part, count, digest] = found;
  return { jobId: jobId ?? '', run: Number(run), part: Number(part), count: Number(count), digest: digest ?? '' };
}

/** Result files of a run are numbered; within one, one result a line. */
export const resultFile = (jobId: string, run: number, number: number): string =>
  `${resultPrefix(jobId)}${String(run).padStart(3, '0')}-${String(number).padStart(4, '0')}.jsonl`;

export const toLines = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join('\n');

export const fromLines = (text: string): unknown[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]));
