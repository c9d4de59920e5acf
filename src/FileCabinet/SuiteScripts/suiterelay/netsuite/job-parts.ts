import { bucketCount } from '../bulk/buckets';
import { fromLines, linesOf, partPrefix, readPartName, type PartName } from '../bulk/job-files';
import { slicesOf, type Slice } from '../bulk/slices';
import { listFiles, readFile, type JobRow } from './job-store';

interface StagedPart extends PartName {
  fileId: string;
}

/** The staged files of a run. */
export const stagedParts = (job: Pick<JobRow, 'id' | 'folder'>, run: number): StagedPart[] =>
  listFiles(job.folder, `${partPrefix(job.id)}${run}-`).flatMap(({ id, name }) => {
    const part = readPartName(name);
    return part === null ? [] : [{ ...part, fileId: id }];
  });

export const operationsIn = (parts: readonly PartName[]): number => parts.reduce((sum, { count }) => sum + count, 0);

/** What the map stage of the job's current run reads. */
export function runSlices(job: JobRow): Slice[] {
  const parts = stagedParts(job, job.run);
  const buckets = bucketCount(operationsIn(parts), job.run);
  return parts.flatMap(({ fileId, part, count }) =>
    slicesOf({ jobId: job.id, run: job.run, recordType: job.recordType, fileId, part, buckets }, count),
  );
}

/** The lines of a slice. 10 units. */
export const readSlice = ({ fileId, from, count }: Slice): string[] =>
  linesOf(readFile(fileId)).slice(from, from + count);

/** All operations of a run, as staged. 10 units a file. */
export const readRun = (job: JobRow): { run: number; part: number; operations: unknown[] }[] =>
  stagedParts(job, job.run).map(({ fileId, part }) => ({
    run: job.run,
    part,
    operations: readable(readFile(fileId)),
  }));

/** A line that somebody broke counts as an operation without id. */
function readable(text: string): unknown[] {
  return linesOf(text).map((line) => {
    try {
      return fromLines(line)[0];
    } catch {
      return line;
    }
  });
}
