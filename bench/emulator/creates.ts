import type { NetSuiteAccount } from '../../test/helpers/netsuite/account-process';
import { batch, customer, resultsOf, value } from '../../test/helpers/netsuite/operations';
import { cpuTimeMs } from '../cpu-time';
import { watchStolenTime } from '../stolen-time';

const BATCH = 50;
const CONNECTIONS = 5;
/** Batches before the measured ones: the host threads start, scripts are compiled. */
const WARM_UP_BATCHES = 15;

export interface Creates {
  perSecond: number;
  /** Processor time of the emulator for one create, in ms; undefined where it can't be read. */
  cpuMs: number | undefined;
  /** Share of both processors that the machine's host kept for others meanwhile, in percent; undefined where it can't be read. */
  stolen: number | undefined;
}

/** Customers through the upsert RESTlet, in batches of 50 over five connections, with the project's own User Event on every save. */
export async function measureCreates(account: NetSuiteAccount, count: number): Promise<Creates> {
  const batches = Math.max(1, Math.round(count / BATCH));
  await send(account, WARM_UP_BATCHES);
  const cpuBefore = cpuTimeMs(account.pid);
  const stolenSince = watchStolenTime();
  const begun = performance.now();
  await send(account, batches);
  const seconds = (performance.now() - begun) / 1000;
  const cpuAfter = cpuTimeMs(account.pid);
  const creates = batches * BATCH;
  const cpuMs = cpuBefore === undefined || cpuAfter === undefined ? undefined : (cpuAfter - cpuBefore) / creates;
  return { perSecond: creates / seconds, cpuMs, stolen: stolenSince() };
}

async function send(account: NetSuiteAccount, batches: number): Promise<void> {
  let left = batches;
  const connection = async (): Promise<void> => {
    while (left-- > 0) await sendBatch(account);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

let customers = 0;

async function sendBatch(account: NetSuiteAccount): Promise<void> {
  const answer = await account.restlet('upsert', batch(Array.from({ length: BATCH }, nextCustomer)));
  const failed = resultsOf(answer).filter(({ status }) => status !== 'created');
  if (failed.length > 0) throw new Error(`not created: ${JSON.stringify(failed[0])}`);
}

function nextCustomer(): object {
  const number = ++customers;
  return customer(`BENCH_${number}`, {
    companyname: value(`Company ${number}`),
    phone: value(`+1 555 ${number}`),
    url: value(`https://c${number}.example`),
    comments: value('hello'),
  });
}
