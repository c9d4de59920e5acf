import { randomUUID } from 'node:crypto';
import type { Answer, Call } from '../loopback-server';
import type { CrmRecord } from '../record-table';

export interface Change {
  object: string;
  ids: readonly string[];
  kind: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE' | 'GAP_UPDATE';
  /** `com/salesforce/api/rest/62.0;client=…` for writes over the API, `com/salesforce/core` for people. */
  origin: string;
  fields: readonly string[];
  user: string;
  at: string;
}

interface Message {
  channel: string;
  clientId?: string;
  id?: string;
  subscription?: string;
  ext?: { replay?: Record<string, number> };
}

interface Listener {
  /** Channels with the last replay id that was sent on them. */
  channels: Map<string, number>;
  wake: () => void;
}

/** Longest time a connect waits for something to tell, in ms. */
const HOLD_MS = 2_000;
/** Belongs to a session and must come back with each of its calls ("Clients and Cookies for Streaming API"). */
const COOKIE = 'BAYEUX_BROWSER';
/** What a message says whose sender's session has ended; the call itself succeeds ("Handling Streaming API Errors"). */
const NOT_SIGNED_IN = '401::Authentication invalid';

const channelOf = (object: string): string =>
  object.endsWith('__c') ? `/data/${object.replace(/__c$/, '__ChangeEvent')}` : `/data/${object}ChangeEvent`;

/** Change Data Capture over the Streaming API (CometD, long polling): events are kept and can be replayed by their number. */
export class ChangeFeed {
  readonly events: { channel: string; replayId: number; payload: CrmRecord }[] = [];
  readonly #listeners = new Map<string, Listener>();

  /** Clients that have subscribed to something. */
  get subscribers(): number {
    return [...this.#listeners.values()].filter(({ channels }) => channels.size > 0).length;
  }

  add(change: Change): void {
    const header = {
      entityName: change.object,
      recordIds: [...change.ids],
      changeType: change.kind,
      changeOrigin: change.origin,
      transactionKey: randomUUID(),
      sequenceNumber: 1,
      commitTimestamp: Date.parse(change.at.replace('+0000', 'Z')),
      commitUser: change.user,
      commitNumber: 10_000 + this.events.length,
      changedFields: [...change.fields],
      nulledFields: [],
      diffFields: [],
    };
    const payload = { ChangeEventHeader: header };
    this.events.push({ channel: channelOf(change.object), replayId: this.events.length + 1, payload });
    for (const { wake } of this.#listeners.values()) wake();
  }

  async answer(call: Call): Promise<Answer> {
    const messages = [call.body as Message | Message[]].flat();
    const answers = (await Promise.all(messages.map((message) => this.#one(message, call)))).flat();
    const made = answers.find((one) => 'version' in one && 'clientId' in one) as { clientId?: string } | undefined;
    const cookies = [`${COOKIE}=${made?.clientId ?? ''}; Path=/; HttpOnly`, 'BrowserId=fake; Path=/'];
    return { status: 200, body: answers, ...(made ? { headers: { 'set-cookie': cookies } } : {}) };
  }

  /** What is told to somebody whose session has ended. */
  deny(call: Call): Answer {
    const [message] = [call.body as Message | Message[]].flat();
    const denied =
      message?.channel === '/meta/handshake'
        ? { error: '403::Handshake denied', ext: { sfdc: { failureReason: NOT_SIGNED_IN } } }
        : { error: NOT_SIGNED_IN, clientId: message?.clientId };
    const body = [{ channel: message?.channel, successful: false, advice: { reconnect: 'none' }, ...denied }];
    return { status: 200, body };
  }

  async #one(message: Message, { headers, signal }: Call): Promise<object[]> {
    const { channel, id, clientId } = message;
    const base = { channel, ...(id === undefined ? {} : { id }) };
    if (channel === '/meta/handshake') {
      const made = randomUUID();
      this.#listeners.set(made, { channels: new Map(), wake: () => undefined });
      const ext = { replay: true, 'payload.format': true };
      const advice = { reconnect: 'retry', interval: 0, timeout: HOLD_MS };
      const supportedConnectionTypes = ['long-polling'];
      return [{ ...base, version: '1.0', successful: true, clientId: made, supportedConnectionTypes, ext, advice }];
    }
    const listener = this.#listeners.get(clientId ?? '');
    if (!listener) {
      const advice = { reconnect: 'handshake', interval: 0 };
      return [{ ...base, clientId, successful: false, error: '403::Unknown client', advice }];
    }
    if (!(headers.cookie ?? '').split('; ').includes(`${COOKIE}=${clientId}`)) {
      const error = `400::Client ${clientId} has established a session, but no ${COOKIE} cookie present`;
      return [{ ...base, clientId, successful: false, error }];
    }
    if (channel === '/meta/subscribe') return [this.#subscribe(base, message, listener)];
    if (channel === '/meta/disconnect') {
      this.#listeners.delete(clientId!);
      listener.wake();
      return [{ ...base, clientId, successful: true }];
    }
    const news = await this.#wait(listener, signal);
    return [...news, { ...base, clientId, successful: true, advice: { reconnect: 'retry', interval: 0 } }];
  }

  #subscribe(base: object, { subscription = '', clientId, ext }: Message, listener: Listener): object {
    const from = ext?.replay?.[subscription] ?? -1;
    if (from > this.events.length) {
      const error = `400::The replayId {${from}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`;
      return { ...base, clientId, subscription, successful: false, error };
    }
    listener.channels.set(subscription, from === -1 ? this.events.length : from === -2 ? 0 : from);
    return { ...base, clientId, subscription, successful: true };
  }

  async #wait(listener: Listener, signal: AbortSignal): Promise<object[]> {
    const ready = this.#newsFor(listener);
    if (ready.length > 0) return ready;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, HOLD_MS);
      listener.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener('abort', listener.wake, { once: true });
    });
    return this.#newsFor(listener);
  }

  #newsFor(listener: Listener): object[] {
    const news: object[] = [];
    for (const { channel, replayId, payload } of this.events) {
      const subscribed = [channel, '/data/ChangeEvents'].find((name) => listener.channels.has(name));
      if (subscribed === undefined || replayId <= listener.channels.get(subscribed)!) continue;
      listener.channels.set(subscribed, replayId);
      news.push({ channel: subscribed, data: { schema: 'fake', payload, event: { replayId } } });
    }
    return news;
  }
}
