import file from 'N/file';
import query from 'N/query';
import record from 'N/record';
import type { JobState } from '../../../../../contract/bulk';
import { JOBS_FOLDER } from '../bulk/job-files';
import { textOf } from '../upsert/normalise';

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

const COLUMNS =
  'TO_CHAR(j.id), j.custrecord_srl_jb_type, j.custrecord_srl_jb_state, TO_CHAR(j.custrecord_srl_jb_total), TO_CHAR(j.custrecord_srl_jb_folder), ' +
  'TO_CHAR(j.custrecord_srl_jb_counts), TO_CHAR(j.custrecord_srl_jb_units), TO_CHAR(j.custrecord_srl_jb_run), j.custrecord_srl_jb_task, TO_CHAR(j.custrecord_srl_jb_owner), j.custrecord_srl_jb_runner';

/** Jobs that a condition over the alias `j` selects, oldest first. 10 units. */
export function findJobs(condition: string, params: (string | number)[]): JobRow[] {
  const sql = `SELECT ${COLUMNS} FROM ${JOB} j WHERE ${condition} ORDER BY j.id`;
  return query.runSuiteQL({ query: sql, params }).results.map(({ values }) => {
    const [id, recordType, state, count, folder, counts, units, run, task, owner, runner] = values.map(textOf);
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
  });
}

/** Jobs that wait or run, oldest first. 10 units. */
export const openJobs = (): JobRow[] => findJobs("j.custrecord_srl_jb_state IN ('waiting', 'running')", []);

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
export function jobsFolder(): number {
  const sql = 'SELECT id FROM mediaitemfolder WHERE name = ?';
  const [found] = query.runSuiteQL({ query: sql, params: [JOBS_FOLDER] }).results;
  if (found !== undefined) return Number(found.values[0]);
  const folder = record.create({ type: 'folder' });
  folder.setValue({ fieldId: 'name', value: JOBS_FOLDER });
  return Number(folder.save());
}

export interface JobFile {
  id: string;
  name: string;
}

/** Files of a job, by the beginning of their names. 10 units. */
export function listFiles(folder: number, prefix: string): JobFile[] {
  const sql = 'SELECT TO_CHAR(f.id), f.name FROM file f WHERE f.folder = ? AND f.name LIKE ? ORDER BY f.name';
  return query
    .runSuiteQL({ query: sql, params: [folder, `${prefix}%`] })
    .results.map(({ values }) => ({ id: textOf(values[0]), name: textOf(values[1]) }));
}

/** Writes a text file; one of the same name in the folder is replaced. 20 units. */
export function writeFile(folder: number, name: string, contents: string): void {
  file.create({ name, fileType: file.Type.PLAINTEXT, contents, folder, encoding: file.Encoding.UTF_8 }).save();
}

export const readFile = (id: string): string => file.load({ id }).getContents();
