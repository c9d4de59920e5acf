import { closedLoop } from '../measure';
import { measureBareInsert } from './bare-insert';
import { ownSqlite } from './subjects';
import { nextItem } from './workload';

/** Prints what one caller reaches where every flush is slow: with the embedded store, and with inserts and nothing else. */
async function main(): Promise<void> {
  const [folder = '', seconds = ''] = process.argv.slice(2);
  const forSeconds = Number(seconds);
  const bare = measureBareInsert(folder, forSeconds);
  const subject = await ownSqlite(folder);
  const { perSecond } = await closedLoop(1, forSeconds * 1000, () => subject.enqueue([nextItem()]));
  await subject.close();
  console.log(JSON.stringify({ 'slow.bare.insert.perSecond': bare, 'slow.sqlite.enqueue.c1.perSecond': perSecond }));
}

void main();
