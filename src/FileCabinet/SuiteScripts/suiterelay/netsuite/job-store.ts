import file from 'N/file';
import record from 'N/record';
import type { JobState } from '../../../../../contract/bulk';
import { JOBS_FOLDER } from '../bulk/job-files';
import { textOf } from '../upsert/normalise';
import type { Row, SearchSpec } from '../upsert/ports';
import { marks } from '../upsert/sql-branches';
import { readRows } from './read-rows';
import { searchRows } from './search-rows';
import { topFolder } from './top-folder';

export const JOB = 'customrecord_srl_job';

/** A bulk load as its row tells it. */
export interface JobRow {
  id: string;
  recordType: string;
  state: JobState;
  total: number;
  folder: number;
  counts: Record<string, number>;
  units: number;
  run: number;
  task: string;
  /** Employee who opened it. */
  owner: number;
  /** Deployment whose run works on it; empty when none does. */
  runner: string;
}

const FIELDS = ['type', 'state', 'total', 'folder', 'counts', 'units', 'run', 'task', 'owner', 'runner'].map(
  (name) => `custrecord_srl_jb_${name}`,
);

/** Which jobs; all that is given must hold. */
export interface JobFilter {
  id?: string;
  states?: readonly JobState[];
  runner?: string;
}

/** Jobs, oldest first. 10 units. */
export function findJobs({ id, states, runner }: JobFilter): JobRow[] {
  const conditions: { sql: string; params: (string | number)[] }[] = [];
  const alternatives: SearchSpec['any'] = [];
  if (id !== undefined) {
    conditions.push({ sql: 'j.id = ?', params: [Number(id)] });
    alternatives.push({ field: 'internalid', operator: 'anyof', values: [id] });
  }
  if (states !== undefined) {
    conditions.push({ sql: `j.custrecord_srl_jb_state IN (${marks(states.length)})`, params: [...states] });
    if (id === undefined) alternatives.push({ field: 'custrecord_srl_jb_state', operator: 'is', values: [...states] });
  }
  if (runner !== undefined) conditions.push({ sql: 'j.custrecord_srl_jb_runner = ?', params: [runner] });
  const columns = ['id', ...FIELDS].map((name) => `TO_CHAR(j.${name})`).join(', ');
  const rows = readRows({
    sql: `SELECT ${columns} FROM ${JOB} j WHERE ${conditions.map(({ sql }) => sql).join(' AND ')} ORDER BY j.id`,
    params: conditions.flatMap(({ params }) => params),
    search: () => searchRows({ type: JOB, any: alternatives, all: [], columns: ['internalid', ...FIELDS] }),
  });
  return rows
    .map(toJob)
    .filter((job) => runner === undefined || job.runner === runner)
    .sort((a, b) => Number(a.id) - Number(b.id));
}

function toJob(row: Row): JobRow {
  const [id, recordType, state, count, folder, counts, units, run, task, owner, runner] = row.map(textOf);
  return {
    id: id ?? '',
    recordType: recordType ?? '',
    state: (state ?? 'open') as JobState,
    total: Number(count),
    folder: Number(folder),
    counts: JSON.parse(counts === undefined || counts === '' ? '{}' : counts) as Record<string, number>,
    units: Number(units),
    run: Number(run),
    task: task ?? '',
    owner: Number(owner),
    runner: runner ?? '',
  };
}

/** Jobs that wait or run, oldest first. 10 units. */
export const openJobs = (): JobRow[] => findJobs({ states: ['waiting', 'running'] });

export function createJob(recordType: string, total: number, folder: number, owner: number): string {
  const row = record.create({ type: JOB });
  const values = {
    custrecord_srl_jb_type: recordType,
    custrecord_srl_jb_state: 'open',
    custrecord_srl_jb_total: total,
    custrecord_srl_jb_folder: folder,
    custrecord_srl_jb_owner: owner,
    custrecord_srl_jb_counts: '{}',
    custrecord_srl_jb_units: 0,
    custrecord_srl_jb_run: 0,
  };
  for (const [fieldId, value] of Object.entries(values)) row.setValue({ fieldId, value });
  return String(row.save());
}

export function changeJob(id: string, values: Record<string, string | number>): void {
  record.submitFields({ type: JOB, id, values });
}

/** The folder of all jobs' files; made when it is not there. */
export const jobsFolder = (): number => topFolder(JOBS_FOLDER);

export interface JobFile {
  id: string;
  name: string;
}

/** Files of a job, by the beginning of their names. 10 units. */
export function listFiles(folder: number, prefix: string): JobFile[] {
  const rows = readRows({
    sql: 'SELECT TO_CHAR(f.id), f.name FROM file f WHERE f.folder = ? AND f.name LIKE ? ORDER BY f.name',
    params: [folder, `${prefix}%`],
    search: () =>
      searchRows({
        type: 'folder',
        any: [{ field: 'internalid', operator: 'anyof', values: [String(folder)] }],
        all: [['file.name', 'startswith', prefix]],
        columns: ['file.internalid', 'file.name'],
      }),
  });
  const files = rows.map(([id, name]) => ({ id: id ?? '', name: name ?? '' }));
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Writes a text file; one of the same name in the folder is replaced. 20 units. */
export function writeFile(folder: number, name: string, contents: string): void {
  file.create({ name, fileType: file.Type.PLAINTEXT, contents, folder, encoding: file.Encoding.UTF_8 }).save();
}

export const readFile = (id: string): string => file.load({ id }).getContents();
