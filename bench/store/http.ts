import path from 'node:path';
import { createInterface } from 'node:readline';
import { Pool } from 'undici';
import { spawnChild } from '../../test/helpers/spawn-child';
import { closedLoop } from '../measure';
import { KEY } from './http-key';
import { BODY, nextItem } from './workload';

/** 202s a second of the relay's own HTTP interface, in a process of its own, over so many connections. */
export async function measureHttp(
  mode: 'durable' | 'none',
  folder: string,
  callers: number,
  seconds: number,
): Promise<number> {
  const child = spawnChild([path.resolve(__dirname, 'http-server.cjs'), mode, folder]);
  const port = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: callers, pipelining: 1 });
  const call = async (): Promise<void> => {
    const { n, type, key } = nextItem();
    const fields = Object.fromEntries(Object.entries(BODY.fields).map(([name, value]) => [name, { value }]));
    const records = [{ recordType: type, action: 'upsert', full: true, key: { externalId: key }, fields }];
    const answer = await pool.request({
      path: '/v1/upserts',
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': `b-${n}` },
      body: JSON.stringify({ source: 'direct', records }),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 202) throw new Error(`${answer.statusCode}: ${text}`);
  };
  try {
    await closedLoop(callers, 1_000, call);
    return (await closedLoop(callers, seconds * 1000, call)).perSecond;
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await pool.destroy();
    await gone;
  }
}
