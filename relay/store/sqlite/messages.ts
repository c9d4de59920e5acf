import type { EnqueueAnswer } from '../core/enqueue';
import type { PreparedRequest } from '../core/prepare-request';
import { packAnswers, unpackAnswers, type PackedAnswers } from './pack-answers';
import { packEnqueues, unpackEnqueues, type Enqueue, type PackedRequests } from './pack-requests';
import type { GroupResult, Job, JobResult } from './run-group';
import { toErrorData } from './translate-error';

/** What passes between the threads: requests to accept and their answers packed, since they are many; all else as it is. */
export interface PackedJobs {
  enqueues: PackedRequests;
  others: Job[];
}

export interface PackedResult extends Omit<GroupResult, 'results'> {
  answers: PackedAnswers;
  others: JobResult[];
}

export type ToWriter = ({ kind: 'jobs' } & PackedJobs) | { kind: 'close' };

const isEnqueue = ({ name }: Pick<Job, 'name'>): boolean => name === 'enqueue';

export const packJobs = (jobs: readonly Job[]): PackedJobs => ({
  enqueues: packEnqueues(jobs.filter(isEnqueue).map(({ id, args }): Enqueue => [id, args as PreparedRequest[]])),
  others: jobs.filter((job) => !isEnqueue(job)),
});

export const unpackJobs = ({ enqueues, others }: PackedJobs): Job[] => [
  ...unpackEnqueues(enqueues).map(([id, args]): Job => ({ id, name: 'enqueue', args })),
  ...others,
];

/** Errors become data: see `translate-error`. */
export function packResult({ results, work, settled }: GroupResult): PackedResult {
  const accepted: { id: number; answers: EnqueueAnswer[] }[] = [];
  const others: JobResult[] = [];
  for (const result of results) {
    if (!result.ok) others.push({ ...result, error: toErrorData(result.error) });
    else if (isEnqueue(result)) accepted.push({ id: result.id, answers: result.value as EnqueueAnswer[] });
    else others.push(result);
  }
  return { answers: packAnswers(accepted), others, work, settled };
}

/** `argsOf` gives what a call asked for. */
export function unpackResult(packed: PackedResult, argsOf: (id: number) => unknown): GroupResult {
  const accepted = unpackAnswers(packed.answers, (id) => (argsOf(id) ?? []) as PreparedRequest[]);
  return {
    results: [
      ...accepted.map(({ id, answers: value }): JobResult => ({ id, name: 'enqueue', ok: true, value })),
      ...packed.others,
    ],
    work: packed.work,
    settled: packed.settled,
  };
}
