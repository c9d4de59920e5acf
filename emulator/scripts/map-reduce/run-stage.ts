import { settingOf } from '../../kernel/setting-of';
import type { Account, RunResult } from '../../kernel/types';
import { SCRIPT_LIMITS } from '../../kernel/governance';
import { processors } from '../processors';
import { decideRetry, type Interruption } from './decide-retry';
import { errorText, persistedDataError, restartError } from './error-text';
import { pairBytes } from './shuffle';
import { persistedBytes, type Item, type MapReduceJob, type StageConfig, type StageResult } from './types';

/** Units of one job after which it yields, checked between invocations (page section_1518645558). */
const JOB_UNITS = 10_000;
const MINUTE = 60_000;
const PERSISTED_BYTES = 200 * 1024 * 1024;
const HARD_LIMITS = [
  'SSS_USAGE_LIMIT_EXCEEDED',
  'SSS_TIME_LIMIT_EXCEEDED',
  'SSS_INSTRUCTION_COUNT_EXCEEDED',
  'SSS_STATEMENT_COUNT_EXCEEDED',
];

/** Runs all invocations of the map or the reduce stage over as many jobs as the deployment's limit and free processors allow. */
export async function runStage(
  account: Account,
  stage: 'map' | 'reduce',
  items: Item[],
  config: StageConfig,
  job: MapReduceJob,
): Promise<StageResult> {
  const run = new StageRun(account, stage, items, config, job);
  const count = Math.min(Math.max(1, job.deployment.definition.concurrencyLimit), items.length);
  await Promise.all(Array.from({ length: count }, () => run.work()));
  return run.finish();
}

class StageRun {
  readonly result: StageResult;
  private readonly account: Account;
  private readonly stage: 'map' | 'reduce';
  private readonly config: StageConfig;
  private readonly job: MapReduceJob;
  private readonly queue: Item[];
  private readonly written = new Map<Item, [string, string][]>();
  private active = 0;

  constructor(account: Account, stage: 'map' | 'reduce', items: Item[], config: StageConfig, job: MapReduceJob) {
    this.account = account;
    this.stage = stage;
    this.config = config;
    this.job = job;
    this.queue = [...items];
    this.result = {
      items,
      writes: [],
      units: 0,
      virtualMs: 0,
      yields: 0,
      concurrency: 0,
      startedAt: account.clock.now(),
      invocations: 0,
      ended: false,
    };
  }

  /** What was written comes in the order of the pairs, however the jobs ran. */
  finish(): StageResult {
    this.result.writes = this.result.items.flatMap((item) => this.written.get(item) ?? []);
    return this.result;
  }

  /** One job: takes buffers of pairs until none is left; yields its processor when it has used its share. */
  async work(): Promise<void> {
    const pool = processors(this.account);
    const { priority } = this.job.deployment;
    let release = await pool.acquire(priority);
    let used = { units: 0, ms: 0 };
    this.active++;
    this.result.concurrency = Math.max(this.result.concurrency, this.active);
    try {
      while (this.queue.length > 0 && !this.result.ended) {
        const spent = await this.buffer(this.queue.splice(0, this.job.deployment.definition.bufferSize));
        used = { units: used.units + spent.units, ms: used.ms + spent.ms };
        if (this.queue.length > 0 && this.mustYield(used)) {
          this.result.yields++;
          release();
          release = await pool.acquire(priority);
          used = { units: 0, ms: 0 };
        }
      }
    } finally {
      this.active--;
      release();
    }
  }

  private mustYield({ units, ms }: { units: number; ms: number }): boolean {
    return units >= JOB_UNITS || ms >= this.job.deployment.definition.yieldAfterMinutes * MINUTE;
  }

  /** Progress is saved once a buffer: a restart in between re-runs all its pairs, whatever their code already did to records. */
  private async buffer(batch: Item[]): Promise<{ units: number; ms: number }> {
    const spent = { units: 0, ms: 0 };
    const unsaved: { item: Item; writes: [string, string][] }[] = [];
    for (const item of batch) {
      if (this.result.ended) break;
      const outcome = await this.process(item, spent);
      if (outcome === 'restarted') {
        for (const flagged of new Set([...unsaved.map((u) => u.item), item])) this.interrupt(flagged, 'restart');
        const untouched = batch.slice(batch.indexOf(item) + 1);
        this.queue.unshift(...[...unsaved.map((u) => u.item), item].filter((i) => i.state === 'PENDING'), ...untouched);
        return spent;
      }
      unsaved.push({ item, writes: outcome });
    }
    for (const { item, writes } of unsaved) this.save(item, writes);
    return spent;
  }

  /** Invokes until the pair is done or out of retries; answers what the successful invocation wrote. */
  private async process(item: Item, spent: { units: number; ms: number }): Promise<[string, string][] | 'restarted'> {
    for (;;) {
      const result = await this.invoke(item);
      spent.units += result.execution.unitsUsed;
      spent.ms += result.execution.virtualMs;
      if (this.account.faults.strike('restart', { execution: result.execution, stage: this.stage })) {
        Object.assign(result.execution, { error: restartError });
        return 'restarted';
      }
      if (!result.error) return (result.output as { writes: [string, string][] }).writes;
      const { name, message } = result.error;
      item.errors.push({ key: item.key, error: errorText(result.error), executionNo: item.executions, name, message });
      const response = decideRetry('error', this.config, item.executions);
      if (response === 'retry') continue;
      item.state = 'FAILED';
      if (response === 'exit') this.end();
      if (HARD_LIMITS.includes(name)) this.terminate(name);
      return [];
    }
  }

  private invoke(item: Item): Promise<RunResult> {
    const { deployment, user, params } = this.job;
    const { units, ms } = SCRIPT_LIMITS.mapreduce[this.stage] ?? { units: 0, ms: 0 };
    const data = this.stage === 'map' ? { value: item.values[0] } : { values: item.values };
    const input = {
      key: item.key,
      ...data,
      isRestarted: item.executions > 0,
      executionNo: item.executions + 1,
      errors: item.errors.map(({ key, error, executionNo }) => ({ key, error, executionNo })),
    };
    item.executions++;
    this.result.invocations++;
    return this.account
      .run({
        scriptId: deployment.scriptId,
        deploymentId: deployment.deploymentId,
        type: 'mapreduce',
        entry: this.stage,
        stage: this.stage,
        key: item.key,
        input,
        user,
        context: 'MAPREDUCE',
        unitsLimit: units,
        virtualMsLimit: ms,
        params,
      })
      .then((result) => {
        this.result.units += result.execution.unitsUsed;
        this.result.virtualMs += result.execution.virtualMs;
        return result;
      });
  }

  /** Records what a server restart did to a pair: its error, and whether it runs again. */
  private interrupt(item: Item, kind: Interruption): void {
    const { name, message } = restartError;
    item.errors.push({
      key: item.key,
      error: JSON.stringify(restartError),
      executionNo: item.executions,
      name,
      message,
    });
    item.state = decideRetry(kind, this.config, item.executions) === 'retry' ? 'PENDING' : 'FAILED';
  }

  private save(item: Item, writes: [string, string][]): void {
    const { progress } = this.job;
    if (item.state !== 'FAILED') item.state = 'COMPLETE';
    const freed = pairBytes(item.key, item.values);
    const added = writes.reduce((sum, [key, value]) => sum + pairBytes(key, [value]), 0);
    if (this.stage === 'map') {
      progress.mapBytes -= freed;
      progress.pendingMap--;
      progress.reduceBytes += added;
    } else {
      progress.reduceBytes -= freed;
      progress.pendingReduce--;
      progress.outputBytes += added;
      progress.outputs += writes.length;
    }
    this.written.set(item, writes);
    const limit = settingOf(this.account, 'mapReducePersistedBytes', PERSISTED_BYTES);
    if (persistedBytes(progress) > limit) this.exceedPersistedData(item);
  }

  private exceedPersistedData(item: Item): void {
    const { name, message } = persistedDataError;
    item.errors.push({
      key: item.key,
      error: JSON.stringify(persistedDataError),
      executionNo: item.executions,
      name,
      message,
    });
    this.terminate(name);
  }

  private end(): void {
    this.result.ended = true;
  }

  /** A hard limit: jobs at work finish their invocation, the rest is cancelled (page section_4480364878). */
  private terminate(code: string): void {
    this.result.terminated ??= code;
    this.result.ended = true;
  }
}
