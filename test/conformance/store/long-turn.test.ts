import Database from 'better-sqlite3';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openSqliteStore } from '../../../relay/store/sqlite/open-sqlite-store';
import { newOperation, newRequest } from '../../helpers/stores';

const folder = mkdtempSync(path.join(os.tmpdir(), 'relay-turn-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const busyFor = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

test('what comes in during one long turn of the event loop is written before the turn ends, and each call is answered', async () => {
  const store = await openSqliteStore(folder);
  const file = readdirSync(folder).find((name) => name.endsWith('.db')) ?? '';
  const db = new Database(path.join(folder, file), { readonly: true });
  try {
    // From here on the event loop gets no turn until the first is seen on the disk.
    const calls = [store.enqueue(newRequest([newOperation('A')]))];
    busyFor(5);
    calls.push(store.enqueue(newRequest([newOperation('B')])), store.enqueue(newRequest([newOperation('C')])));
    const stored = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM op WHERE external_id IN ('A','B')`);
    let n = 0;
    for (const end = performance.now() + 30_000; n < 2 && performance.now() < end;) n = stored.get()?.n ?? 0;
    expect(n).toBe(2);
    // The third is no reason to wait, nor is it forgotten.
    const answers = await Promise.all(calls);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
  } finally {
    db.close();
    await store.close();
  }
});
