import type { Account } from '../kernel/types';
import type { Priority } from './definitions';

/** Processors per SuiteCloud Plus licence, and the two that every account has (page section_1518131145). */
const WITHOUT_LICENCE = 2;
const PER_LICENCE = 5;

/** SuiteCloud Processors: shared by all scheduled and Map/Reduce work of the account. */
export const processorCount = (account: Account): number => {
  const { suiteCloudPlus } = account.settings;
  return suiteCloudPlus > 0 ? suiteCloudPlus * PER_LICENCE : WITHOUT_LICENCE;
};

const PRIORITIES: readonly Priority[] = ['HIGH', 'STANDARD', 'LOW'];

/** Hands out processors: by priority, within one in the order of asking (page section_1509578980). */
export class Processors {
  private readonly account: Account;
  private busy = 0;
  private readonly waiting = new Map<Priority, (() => void)[]>(PRIORITIES.map((priority) => [priority, []]));

  constructor(account: Account) {
    this.account = account;
  }

  /** Answers a function that gives the processor back; calling it twice does nothing more. */
  async acquire(priority: Priority): Promise<() => void> {
    if (this.busy >= processorCount(this.account))
      await new Promise<void>((resolve) => this.waiting.get(priority)?.push(resolve));
    else this.busy++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = PRIORITIES.map((each) => this.waiting.get(each))
        .find((queue) => queue?.length)
        ?.shift();
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
