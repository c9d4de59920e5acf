import type { Account } from '../kernel/types';

/** Processors per SuiteCloud Plus licence, and the two that every account has (page section_1518131145). */
const WITHOUT_LICENCE = 2;
const PER_LICENCE = 5;

/** SuiteCloud Processors: shared by all scheduled and Map/Reduce work of the account. */
export const processorCount = (account: Account): number => {
  const { suiteCloudPlus } = account.settings;
  return suiteCloudPlus > 0 ? suiteCloudPlus * PER_LICENCE : WITHOUT_LICENCE;
};

/** Hands out processors in the order of asking (FIFO within the one priority that is modelled). */
export class Processors {
  private readonly account: Account;
  private busy = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(account: Account) {
    this.account = account;
  }

  /** Answers a function that gives the processor back; calling it twice does nothing more. */
  async acquire(): Promise<() => void> {
    if (this.busy >= processorCount(this.account)) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.busy++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.waiting.shift();
      if (next) next();
      else this.busy--;
    };
  }
}

export const processors = (account: Account): Processors => {
  const known = account.parts.get('processors') as Processors | undefined;
  if (known) return known;
  const created = new Processors(account);
  account.parts.set('processors', created);
  return created;
};
