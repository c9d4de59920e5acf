import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UpsertRequest } from '../../contract';
import { LATENCY, SLOTS, type CapacityAccount, type Stretch } from './account';

/** Units of a created customer, as the scripts report them. */
const UNITS_A_RECORD = 15;

/** What happened since the stretch began; `weighted` is the sum of requests in flight × ms. */
interface Meter {
  begun: number;
  at: number;
  weighted: number;
  weightedOfFour: number;
  peak: number;
  calls: number;
  refused: number;
  longestBorrowedMs: number;
}

/**
 * The upsert RESTlet's contract with the latency of an account and none of its work, so that the slots are measured and not this
 * machine's processor. It counts requests in flight as NetSuite does: admitted or refused at once.
 */
export async function startStandIn(): Promise<CapacityAccount> {
  const state = { inFlight: 0, foreign: 0, meter: newMeter(0) };
  const server = createServer((request, response) => void answer(state, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    name: 'stand-in',
    netsuite: {
      account: 'TSTDRV1000001',
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      auth: { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' },
    },
    foreign: (slots) => {
      state.foreign = slots;
      return Promise.resolve();
    },
    measure: () => {
      state.meter = newMeter(state.inFlight);
      return Promise.resolve(() => Promise.resolve(read(state)));
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface State {
  inFlight: number;
  foreign: number;
  meter: Meter;
}

const newMeter = (inFlight: number): Meter => ({
  begun: performance.now(),
  at: performance.now(),
  weighted: 0,
  weightedOfFour: 0,
  peak: inFlight,
  calls: 0,
  refused: 0,
  longestBorrowedMs: 0,
});

/** Adds the time since the last change, then changes the number in flight. */
function tick(state: State, by: number): void {
  const { meter } = state;
  const now = performance.now();
  meter.weighted += (now - meter.at) * state.inFlight;
  meter.weightedOfFour += (now - meter.at) * Math.min(state.inFlight, SLOTS - 1);
  meter.at = now;
  state.inFlight += by;
  meter.peak = Math.max(meter.peak, state.inFlight);
}

function read(state: State): Stretch {
  tick(state, 0);
  const { meter } = state;
  const ms = meter.at - meter.begun;
  const { peak, calls, refused, longestBorrowedMs } = meter;
  return {
    seconds: ms / 1000,
    mean: meter.weighted / ms,
    meanOfFour: meter.weightedOfFour / ms,
    peak,
    calls,
    refused,
    longestBorrowedMs,
  };
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  state.meter.calls += 1;
  // Admission is decided on the headers, before the body is read.
  if (state.inFlight + state.foreign >= SLOTS) {
    state.meter.refused += 1;
    request.resume();
    const error = { code: 'SSS_REQUEST_LIMIT_EXCEEDED', message: 'Request Limit Exceeded' };
    response.writeHead(429, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    return;
  }
  const borrowed = state.inFlight === SLOTS - 1;
  const { meter } = state;
  const begun = performance.now();
  tick(state, 1);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const upsert = (text === '' ? {} : JSON.parse(text)) as Partial<UpsertRequest>;
  // It knows the upsert alone: what else the relay asks, at its start or on a schedule, is not there.
  if (!isUpsert(upsert)) {
    tick(state, -1);
    response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    return;
  }
  const ms = LATENCY.ms + LATENCY.perRecordMs * upsert.operations.length;
  const body = JSON.stringify(applied(upsert, ms));
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, ms - (performance.now() - begun))));
  tick(state, -1);
  if (borrowed) meter.longestBorrowedMs = Math.max(meter.longestBorrowedMs, performance.now() - begun);
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

const isUpsert = (body: Partial<UpsertRequest>): body is UpsertRequest => body.operations !== undefined;

function applied({ contract, batchId, operations }: UpsertRequest, ms: number) {
  const results = operations.map(({ opId, version, key }) => ({
    opId,
    version,
    externalId: key.externalId,
    status: 'created',
    internalId: internalIdOf(opId),
    warnings: [],
  }));
  const unitsUsed = 40 + UNITS_A_RECORD * operations.length;
  const perOperation = operations.map(() => UNITS_A_RECORD);
  return { contract, batchId, results, usage: { unitsUsed, unitsLeft: 5_000 - unitsUsed, ms, perOperation } };
}

const ids = new Map<string, string>();
/** The same operation always finds the same record. */
function internalIdOf(opId: string): string {
  const id = ids.get(opId) ?? String(ids.size + 1);
  ids.set(opId, id);
  return id;
}
