import type { Store } from '../../store/types';

/** A Bulk API 2.0 job under way, and the operations it carries. */
export interface OpenJob {
  jobId: string;
  operationIds: string[];
  /** Column by which its rows name their records, and the value of each operation there, in the order of `operationIds`. */
  by: string;
  targets: string[];
}

/** Where jobs under way are kept, so that a restarted relay goes on with them. */
export interface BulkMemory {
  list(): Promise<readonly OpenJob[]>;
  add(job: OpenJob): Promise<void>;
  remove(jobId: string): Promise<void>;
}

/** Kept for the life of the process alone. */
export function volatileMemory(): BulkMemory {
  let jobs: OpenJob[] = [];
  return {
    list: () => Promise.resolve(jobs),
    add: (job) => {
      jobs = [...jobs, job];
      return Promise.resolve();
    },
    remove: (jobId) => {
      jobs = jobs.filter((one) => one.jobId !== jobId);
      return Promise.resolve();
    },
  };
}

/**
 * Kept in the relay's store, one list per CRM. Changes are made one after another; of two relays that write at once one entry may be
 * lost, and its records are then written again, which an upsert allows.
 */
export function storedMemory(store: Pick<Store, 'getCursor' | 'setCursor'>, crm: string): BulkMemory {
  const name = `bulk:${crm}`;
  let last: Promise<unknown> = Promise.resolve();
  const list = async (): Promise<OpenJob[]> => {
    const kept = JSON.parse((await store.getCursor(name)) ?? '[]') as (Omit<OpenJob, 'targets'> & Partial<OpenJob>)[];
    // Former versions kept no targets: what such a job carries is written anew.
    return kept.flatMap((job) => (job.targets ? [{ ...job, targets: job.targets }] : []));
  };
  const change = (edit: (jobs: OpenJob[]) => OpenJob[]): Promise<void> => {
    const run = last.then(async () => store.setCursor(name, JSON.stringify(edit(await list()))));
    last = run.catch(() => undefined);
    return run;
  };
  return {
    list,
    add: (job) => change((jobs) => [...jobs, job]),
    remove: (jobId) => change((jobs) => jobs.filter((one) => one.jobId !== jobId)),
  };
}
