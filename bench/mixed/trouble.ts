import { setTimeout as sleep } from 'node:timers/promises';
import type { MirrorStage } from '../../test/helpers/mirror-stage';

const UPSERT = { match: { scriptId: 'customscript_srl_upsert' }, times: 1 };
const LIMIT = JSON.stringify({ error: { code: 'SSS_REQUEST_LIMIT_EXCEEDED', message: 'Request Limit Exceeded' } });
/** Between two troubles, and how long other traffic takes its slots, in ms. */
const EVERY_MS = 3_000;
const FOREIGN_MS = 2_500;

/** One trouble after the other until `stopped`: lost answers, refusals, a gateway that gives up, slow calls, slots taken by others. */
export async function makeTrouble(
  stage: MirrorStage,
  emulator: string,
  stopped: () => boolean,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const control = async (method: string, call: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${emulator}${call}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${call}: ${answer.status} ${await answer.text()}`);
    return answer.json().catch(() => null);
  };
  const fault = (one: object) => () => control('POST', 'faults', [one]);
  const troubles: readonly [string, () => unknown][] = [
    ['lost answer', fault({ kind: 'cutAfterCommit', ...UPSERT })],
    ['limit', fault({ kind: 'status', code: 400, body: LIMIT, ...UPSERT })],
    ['cut before commit', fault({ kind: 'cutBeforeCommit', ...UPSERT })],
    ['slow call', fault({ kind: 'latency', ms: 1_500, perRecordMs: 0, real: true, ...UPSERT })],
    [
      'slots of others',
      async () => {
        const [made] = (await control('POST', 'faults', [{ kind: 'foreignLoad', slots: 2 }])) as { faultId: string }[];
        await sleep(FOREIGN_MS);
        if (made) await control('POST', `faults/${made.faultId}/release`);
      },
    ],
    ['HubSpot 429', () => stage.hubspot.throttleNext(2)],
  ];
  for (let at = 0; !stopped(); at += 1) {
    const [name, make] = troubles[at % troubles.length]!;
    counts[name] = (counts[name] ?? 0) + 1;
    await make();
    await sleep(EVERY_MS);
  }
  await control('DELETE', 'faults');
  return counts;
}
