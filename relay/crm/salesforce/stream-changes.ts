import { setTimeout as delay } from 'node:timers/promises';
import { readChangeEvent, type ChangedObject } from './change-events';
import type { SalesforceClient } from './salesforce-client';

interface Message {
  channel: string;
  successful?: boolean;
  clientId?: string;
  error?: string;
  advice?: { reconnect?: string };
  data?: { event?: { replayId: number } };
}

/** Every change of the objects that are selected for Change Data Capture. */
const CHANNEL = '/data/ChangeEvents';
/** Events are kept for 72 hours; -1 begins with the next one. */
const NEW_ONLY = -1;
const EARLIEST = -2;
const PAUSE_MS = 5_000;
/** A connect is held for 110 seconds at most. */
const HOLD_MS = 120_000;

export interface StreamPosition {
  read: () => Promise<number | null>;
}

/** The stream was refused: the message says why. */
export class StreamRefused extends Error {}

/**
 * Subscribes to Change Data Capture by the Streaming API (CometD, long polling) and hands over what each connect brings, with the number
 * to go on from. Ends when the signal does; every other end is answered by a new handshake.
 */
export async function streamChanges(
  client: SalesforceClient,
  apiVersion: string,
  position: StreamPosition,
  take: (changed: ChangedObject[], replayId: number) => Promise<void>,
  signal: AbortSignal,
  onTrouble: (error: unknown) => void,
): Promise<void> {
  const path = `/cometd/${apiVersion.slice(1)}`;
  const send = async (message: object): Promise<Message[]> => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(HOLD_MS)]);
    return (await client.call('POST', path, { body: [message] }, within)).body as Message[];
  };
  let replay = (await position.read()) ?? NEW_ONLY;
  while (!signal.aborted) {
    try {
      const clientId = await handshake(send, replay);
      for (let alive = true; alive && !signal.aborted;) {
        const messages = await send({ channel: '/meta/connect', clientId, connectionType: 'long-polling' });
        const events = messages.filter(({ channel, data }) => channel === CHANNEL && data);
        const last = events.at(-1)?.data?.event?.replayId;
        if (last !== undefined) {
          const ownUser = await client.userId(signal);
          await take(
            events.flatMap(({ data }) => readChangeEvent(data, ownUser) ?? []),
            last,
          );
          replay = last;
        }
        alive = messages.every(({ channel, successful }) => channel !== '/meta/connect' || successful === true);
      }
    } catch (error) {
      if (signal.aborted) return;
      // What is older than three days is gone: begin with the oldest that is kept.
      if (error instanceof StreamRefused && error.message.includes('replayId')) replay = EARLIEST;
      onTrouble(error);
      await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function handshake(send: (message: object) => Promise<Message[]>, replay: number): Promise<string> {
  const [hello] = await send({
    channel: '/meta/handshake',
    version: '1.0',
    supportedConnectionTypes: ['long-polling'],
    ext: { replay: true },
  });
  if (hello?.successful !== true || hello.clientId === undefined)
    throw new StreamRefused(`handshake: ${hello?.error ?? 'no answer'}`);
  const { clientId } = hello;
  const [joined] = await send({
    channel: '/meta/subscribe',
    clientId,
    subscription: CHANNEL,
    ext: { replay: { [CHANNEL]: replay } },
  });
  if (joined?.successful !== true) throw new StreamRefused(`subscribe: ${joined?.error ?? 'no answer'}`);
  return clientId;
}
