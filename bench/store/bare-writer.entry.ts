import { parentPort, workerData } from 'node:worker_threads';
import { rings, sleep, type Bell } from '../../relay/store/sqlite/bell';
import { prepareBareInsert } from './bare-insert';

/** Inserts one row for each ring, and says so: see `measureInsertInThread`. */
const { file, bell } = workerData as { file: string; bell: Bell };
const insert = prepareBareInsert(file);
parentPort?.postMessage('open');
for (let done = 0; ; done++) {
  while (rings(bell) === done) sleep(bell, done, 1_000);
  insert();
  parentPort?.postMessage('inserted');
}
