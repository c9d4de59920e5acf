import { setTimeout as delay } from 'node:timers/promises';
import { readChangeEvent, type ChangedObject } from './change-events';
import { Cookies } from './cookies';
import type { SalesforceClient } from './salesforce-client';

interface Message {
  channel: string;
  successful?: boolean;
  clientId?: string;
  error?: string;
  ext?: { sfdc?: { failureReason?: string } };
  data?: { event?: { replayId: number } };
}

/** Every change of the objects that are selected for Change Data Capture. */
const CHANNEL = '/data/ChangeEvents';
const CONNECT = '/meta/connect';
const SUBSCRIBE = '/meta/subscribe';
/** Events are kept for 72 hours; -1 begins with the next one. */
const NEW_ONLY = -1;
const EARLIEST = -2;
/** How far the clocks of org and relay may be apart, in ms. */
const CLOCKS_MS = 300_000;
const PAUSE_MS = 5_000;
/** A connect is held for 110 seconds at most. */
const HOLD_MS = 120_000;

export interface StreamPosition {
  read: () => Promise<number | null>;
}

/** The stream was refused: the message says why. */
export class StreamRefused extends Error {}

/** Sends a message of one session; answers what came with it. */
type Send = (message: object) => Promise<Message[]>;

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
  let replay = (await position.read()) ?? NEW_ONLY;
  let from = '';
  const takeEvents = async (messages: readonly Message[]): Promise<void> => {
    const events = messages.filter(({ channel, data }) => channel === CHANNEL && data);
    const last = events.at(-1)?.data?.event?.replayId;
    if (last === undefined) return;
    const ownUser = await client.userId(signal);
    const changed = events.flatMap(({ data }) => readChangeEvent(data, ownUser) ?? []);
    await take(
      changed.map(({ object, changes }) => ({ object, changes: changes.filter(({ at }) => at >= from) })),
      last,
    );
    replay = last;
  };
  while (!signal.aborted) {
    try {
      const send = openSession(client, apiVersion, signal);
      const { clientId, early } = await handshake(send, replay);
      if (replay === NEW_ONLY) {
        // Until the first event there is no number to go on from: what comes before the next session would be lost.
        from = new Date(Date.now() - CLOCKS_MS).toISOString();
        replay = EARLIEST;
      }
      await takeEvents(early);
      for (let connects = 0, alive = true; alive && !signal.aborted; connects += 1) {
        const messages = await send({ channel: CONNECT, clientId, connectionType: 'long-polling' });
        await takeEvents(messages);
        alive = isConnected(messages, connects);
      }
    } catch (error) {
      if (signal.aborted) return;
      // What is older than three days is gone: begin with the oldest that is kept.
      if (error instanceof StreamRefused && error.message.includes('replayId')) replay = EARLIEST;
      // The stream tells it in a message; the call itself succeeds ("Handling Streaming API Errors").
      if (error instanceof StreamRefused && error.message.includes('401::')) client.endSession();
      onTrouble(error);
      await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Each session has cookies of its own, which its calls bring back. */
function openSession(client: SalesforceClient, apiVersion: string, signal: AbortSignal): Send {
  const path = `/cometd/${apiVersion.slice(1)}`;
  const cookies = new Cookies();
  return async (message) => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(HOLD_MS)]);
    const content = { body: [message], headers: cookies.headers, holdMs: HOLD_MS };
    const answer = await client.call('POST', path, content, within);
    cookies.take(answer.cookies);
    return answer.body as Message[];
  };
}

/**
 * Whether the session goes on. One that has ended after it worked is followed by a new one at once; one that never did is refused, and
 * so is the sender whose sign-in has ended.
 */
function isConnected(messages: readonly Message[], connects: number): boolean {
  const refused = messages.find(({ channel, successful }) => channel === CONNECT && successful !== true);
  if (refused === undefined) return true;
  if (connects === 0 || reasonOf(refused).includes('401::')) throw new StreamRefused(`connect: ${reasonOf(refused)}`);
  return false;
}

const reasonOf = (message: Message | undefined): string =>
  [message?.error, message?.ext?.sfdc?.failureReason].filter((one) => one !== undefined).join(', ') || 'no answer';

/** A new session that is subscribed; `early` is what came before its first connect. */
async function handshake(send: Send, replay: number): Promise<{ clientId: string; early: Message[] }> {
  const [hello] = await send({
    channel: '/meta/handshake',
    version: '1.0',
    supportedConnectionTypes: ['long-polling'],
    ext: { replay: true },
  });
  if (hello?.successful !== true || hello.clientId === undefined)
    throw new StreamRefused(`handshake: ${reasonOf(hello)}`);
  const { clientId } = hello;
  const early = await send({
    channel: SUBSCRIBE,
    clientId,
    subscription: CHANNEL,
    ext: { replay: { [CHANNEL]: replay } },
  });
  const joined = early.find(({ channel }) => channel === SUBSCRIBE);
  if (joined?.successful !== true) throw new StreamRefused(`subscribe: ${reasonOf(joined)}`);
  return { clientId, early };
}
