import type { MessagePort } from 'node:worker_threads';
import type { EnqueueAnswer } from '../core/enqueue';
import type { PreparedRequest } from '../core/prepare-request';
import type { Bell } from './bell';
import { packAnswers, unpackAnswers, type PackedAnswers } from './pack-answers';
import { packEnqueues, unpackEnqueues, type Enqueue, type PackedRequests } from './pack-requests';
import type { GroupResult, Job, JobResult } from './run-group';
import { toErrorData } from './translate-error';

/** What the thread that moves the WAL is started with. */
export interface CheckpointerData {
  file: string;
  toWriter: MessagePort;
  bell: Bell;
  /** Of the database's file. Its opener closes it, after all connections: closing it gives up all locks of this process on the file. */
  descriptor: number;
}

/**
 * What passes between the threads: requests to accept and their answers packed, since they are many; all else as it is. Where there is
 * nothing else, texts alone are sent: a nested object costs a lone acceptance some 10 µs more on either side (measured, threads that slept).
 */
export type JobsMessage = PackedRequests | { enqueues: PackedRequests; others: Job[] };

export type ResultMessage = string | ({ answers: string; others: JobResult[] } & Omit<GroupResult, 'results'>);

const isEnqueue = ({ name }: Pick<Job, 'name'>): boolean => name === 'enqueue';

export function packJobs(jobs: readonly Job[]): JobsMessage {
  const others = jobs.filter((job) => !isEnqueue(job));
  const accepts = others.length === 0 ? jobs : jobs.filter(isEnqueue);
  const enqueues = packEnqueues(accepts.map(({ id, args }): Enqueue => [id, args as PreparedRequest[]]));
  return others.length === 0 ? enqueues : { enqueues, others };
}

export function unpackJobs(message: JobsMessage): Job[] {
  const { enqueues, others } = Array.isArray(message) ? { enqueues: message, others: [] } : message;
  return [...unpackEnqueues(enqueues).map(([id, args]): Job => ({ id, name: 'enqueue', args })), ...others];
}

/** Errors become data: see `translate-error`. */
export function packResult({ results, work, settled }: GroupResult): ResultMessage {
  const accepted: { id: number; answers: EnqueueAnswer[] }[] = [];
  const others: JobResult[] = [];
  for (const result of results) {
    if (!result.ok) others.push({ ...result, error: toErrorData(result.error) });
    else if (isEnqueue(result)) accepted.push({ id: result.id, answers: result.value as EnqueueAnswer[] });
    else others.push(result);
  }
  const answers = packAnswers(accepted);
  return others.length === 0 && settled.length === 0
    ? JSON.stringify([answers, work])
    : { answers: JSON.stringify(answers), others, work, settled };
}

/** `argsOf` gives what a call asked for. */
export function unpackResult(message: ResultMessage, argsOf: (id: number) => unknown): GroupResult {
  const accept = (answers: PackedAnswers): JobResult[] =>
    unpackAnswers(answers, (id) => (argsOf(id) ?? []) as PreparedRequest[]).map(({ id, answers: value }) => ({
      id,
      name: 'enqueue',
      ok: true,
      value,
    }));
  if (typeof message === 'string') {
    const [answers, work] = JSON.parse(message) as [PackedAnswers, string[]];
    return { results: accept(answers), work, settled: [] };
  }
  const { answers, others, work, settled } = message;
  return { results: [...accept(JSON.parse(answers) as PackedAnswers), ...others], work, settled };
}
