import { settingOf } from '../kernel/setting-of';
import type { Account } from '../kernel/types';
import { nextOccurrence } from './next-occurrence';
import { scriptRegistry } from './script-registry';
import { SYSTEM_USER } from './run-script';
import { taskBook } from './task-book';

/** Starts deployments with status SCHEDULED at their times on the virtual clock. A jump of time over several runs starts one. */
export class Scheduler {
  private readonly account: Account;
  private cancels: (() => void)[] = [];

  constructor(account: Account) {
    this.account = account;
  }

  /**
   * Plans all deployments anew: after a deploy, a reset, a change of the time zone or of setting `schedules`: `off` leaves every run to whoever asks
   * for it, so that what a test sees hangs on no hour of the day.
   */
  plan(): void {
    for (const cancel of this.cancels) cancel();
    this.cancels = [];
    if (settingOf<'run' | 'off'>(this.account, 'schedules', 'run') === 'off') return;
    for (const { scriptId, deploymentId, type } of scriptRegistry(this.account).all()) {
      if (type === 'mapreduce' || type === 'scheduled') this.planOne(scriptId, deploymentId);
    }
  }

  private planOne(scriptId: string, deploymentId: string): void {
    const { clock, settings } = this.account;
    const deployment = scriptRegistry(this.account).find(scriptId, deploymentId);
    const recurrence = deployment?.definition.recurrence;
    if (!recurrence) return;
    const at = nextOccurrence(recurrence, clock.now(), settings.timeZone);
    if (at === undefined) return;
    this.cancels.push(
      clock.at(at, () => {
        this.fire(scriptId, deploymentId);
        this.planOne(scriptId, deploymentId);
      }),
    );
  }

  /** A run that is still going on makes the platform skip this one. */
  private fire(scriptId: string, deploymentId: string): void {
    const deployment = scriptRegistry(this.account).find(scriptId, deploymentId);
    if (!deployment?.deployed || deployment.status !== 'SCHEDULED' || taskBook(this.account).isBusy(deployment)) return;
    const user = { entity: SYSTEM_USER.entity, role: deployment.runAsRole ?? SYSTEM_USER.role };
    taskBook(this.account).submit({ deployment, user, params: {}, invocation: 'SCHEDULED', submittedBy: null });
  }
}

export const scheduler = (account: Account): Scheduler => {
  const known = account.parts.get('scheduler') as Scheduler | undefined;
  if (known) return known;
  const created = new Scheduler(account);
  account.parts.set('scheduler', created);
  return created;
};
