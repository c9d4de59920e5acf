import type { NetSuiteAccount } from './account-process';

interface Fault {
  faultId: string;
  holding: boolean;
}

/** Stops a script before a call: `reached` waits until it stands there, `release` lets it go on. */
export interface Hold {
  reached(): Promise<void>;
  release(): Promise<void>;
}

export async function holdAt(account: NetSuiteAccount, match: object): Promise<Hold> {
  const [fault] = await account.control<Fault[]>('POST', 'faults', [{ kind: 'hold', match }]);
  const id = fault?.faultId ?? '';
  return {
    reached: async () => {
      const end = Date.now() + 60_000;
      for (;;) {
        const active = await account.control<Fault[]>('GET', 'faults');
        if (active.find((one) => one.faultId === id)?.holding === true) return;
        if (Date.now() > end) throw new Error(`nothing came to ${JSON.stringify(match)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    release: async () => {
      await account.control('POST', `faults/${id}/release`);
    },
  };
}
