import type { NetSuiteAccount } from './account-process';

/** Waits until no submitted script runs or is about to. */
export async function untilIdle(account: NetSuiteAccount): Promise<void> {
  for (const end = Date.now() + 60_000; ;) {
    const tasks = await account.control<{ status: string }[]>('GET', 'ledger/tasks');
    if (tasks.every(({ status }) => status === 'COMPLETE' || status === 'FAILED')) return;
    if (Date.now() > end) throw new Error(`still busy: ${JSON.stringify(tasks)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
