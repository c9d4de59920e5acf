import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlRecord } from '../../demo/control';
import type { FlowStage } from './flow-stage';

/** What a test looks at of an operation. */
export interface Done {
  state: string;
  result?: string;
  error?: { code: string; message: string };
  skipped?: { field: string; reason: string }[];
  warnings?: { code: string; field?: string }[];
  attempts: unknown[];
}

const PATIENCE_MS = 60_000;
const ON_ITS_WAY = new Set(['queued', 'sending', 'retrying']);

/** Calls that tests of flows make over and over, on the stage of the file. */
export const flowCalls = (stage: () => FlowStage) => ({
  /** Sends one record as its CRM does; answers what became of it. */
  async send(object: string, record: object, source: 'salesforce' | 'hubspot' = 'salesforce'): Promise<Done> {
    const url = stage().relay().ready['url'] as string;
    const headers = {
      authorization: `Bearer ${stage().keys[source]}`,
      'content-type': 'application/json',
      'idempotency-key': `"${randomUUID()}"`,
      prefer: 'wait=30',
    };
    const body = JSON.stringify({ source, object, records: [record] });
    const answer = await fetch(`${url}/v1/upserts`, { method: 'POST', headers, body });
    const told = (await answer.json()) as { operations?: { operationId: string }[] };
    const id = told.operations?.[0]?.operationId;
    if (id === undefined) throw new Error(`not accepted: ${JSON.stringify(told)}`);
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(100)) {
      const done = await stage().client().operation(stage().keys[source], id);
      if (!ON_ITS_WAY.has(done.state) || Date.now() > end) return done;
    }
  },

  /** The record that NetSuite holds under an external id. */
  async find(type: string, externalId: string): Promise<ControlRecord | undefined> {
    return (await stage().control.all(type)).find((one) => one.externalId === externalId.toUpperCase());
  },

  /** Waits until the CRM's record shows these values. */
  async shows(
    object: string,
    id: string,
    wanted: Readonly<Record<string, unknown>>,
    read = (): Record<string, unknown> | undefined => stage().crms.salesforce.table.get(object, id),
  ): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end && Object.entries(wanted).some(([name, value]) => read()?.[name] !== value))
      await sleep(100);
    expect(read()).toMatchObject(wanted);
  },
});
