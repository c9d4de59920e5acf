/** Names of a job's files. Everything about a part is in its name, so parts may come in any order and from several senders at once. */
export interface PartName {
  jobId: string;
  /** 0 for what the sender gave; 1, 2 … for what earlier runs left over. */
  run: number;
  part: number;
  /** Operations, one a line. */
  count: number;
  bytes: number;
  /** First 16 digits of the SHA-256 of the operations as they came. */
  digest: string;
}

export const JOBS_FOLDER = 'SuiteRelay Jobs';

export const partPrefix = (jobId: string): string => `srl-job-${jobId}-part-`;
export const resultPrefix = (jobId: string): string => `srl-job-${jobId}-result-`;

export const partFile = ({ jobId, run, part, count, bytes, digest }: PartName): string =>
  `${partPrefix(jobId)}${run}-${part}-${count}-${bytes}-${digest}.jsonl`;

export function readPartName(name: string): PartName | null {
  const found = /^srl-job-(\d+)-part-(\d+)-(\d+)-(\d+)-(\d+)-([0-9a-f]{16})\.jsonl$/.exec(name);
  if (found === null) return null;
  const [, jobId, run, part, count, bytes, digest] = found;
  return {
    jobId: jobId ?? '',
    run: Number(run),
    part: Number(part),
    count: Number(count),
    bytes: Number(bytes),
    digest: digest ?? '',
  };
}

/** Result files of a run are numbered; within one, one result a line. */
export const resultFile = (jobId: string, run: number, number: number): string =>
  `${resultPrefix(jobId)}${String(run).padStart(3, '0')}-${String(number).padStart(4, '0')}.jsonl`;

export const toLines = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join('\n');

/** The lines of a file that hold something, in order. */
export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

export const fromLines = (text: string): unknown[] => linesOf(text).map((line) => JSON.parse(line) as unknown);

/**
 * Most characters of one file of results or leftovers: a RESTlet that reads it in memory and hands it out stays far below the 10 MB of
 * a file's content and of an answer (Oracle page section_4640094112).
 */
const FILE_CHARACTERS = 3_000_000;

/** The texts of as many files as the values need. */
export function cutIntoFiles(
  values: readonly unknown[],
  most = FILE_CHARACTERS,
): { text: string; values: readonly unknown[] }[] {
  const files: { text: string; values: unknown[] }[] = [];
  let lines: string[] = [];
  let held: unknown[] = [];
  let size = 0;
  const close = (): void => {
    if (held.length > 0) files.push({ text: lines.join('\n'), values: held });
    lines = [];
    held = [];
    size = 0;
  };
  for (const value of values) {
    const line = JSON.stringify(value);
    if (size + line.length > most) close();
    lines.push(line);
    held.push(value);
    size += line.length + 1;
  }
  close();
  return files;
}
