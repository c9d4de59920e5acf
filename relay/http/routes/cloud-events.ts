import type { Request } from 'express';
import * as z from 'zod';
import type { Accepted } from '../accept/accept-request';
import { acceptRequest } from '../accept/accept-request';
import { schemaDetails } from '../accept/envelope';
import { mapRecords } from '../accept/map-records';
import type { MappedRecords } from '../accept/map-records';
import { accountOf, assertObjectAllowed, requireAction, sourceFor } from '../authenticate';
import { assertCapacity } from '../capacity';
import { readPrefer } from '../headers';
import { parseJsonBody } from '../json-body';
import { isDeletion, objectOfType } from '../object-of-type';
import { pointerOf, ProblemError } from '../problem';
import { assertSoundText } from '../refuse-text';
import { bodyOf, headerOf } from '../request-context';
import type { Route, RouteContext } from '../request-context';
import { answerAccepted } from './answer-accepted';

/** CloudEvents 1.0; extension attributes pass. */
export const cloudEventSchema = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().optional(),
  time: z.iso.datetime({ offset: true }).optional(),
  datacontenttype: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});
type CloudEvent = z.infer<typeof cloudEventSchema>;

const BATCH = 'application/cloudevents-batch+json';
const STRUCTURED = 'application/cloudevents+json';

/** POST /v1/events: CloudEvents in binary, structured or batched form. An event is known by its source and id. */
export const postEvents: Route = async (context) => {
  const { services, request, principal, trace } = context;
  requireAction(principal, 'events');
  await assertCapacity(services);
  const prefer = readPrefer(request.headers['prefer']);
  const events = await readEvents(context);
  const source = sourceFor(services, principal, principal.source);
  const mapped: MappedRecords = { operations: [], recordIndex: [], ignored: [], warnings: [] };
  for (const [index, event] of events.entries()) {
    const object = typeof event['object'] === 'string' ? event['object'] : objectOfType(event.type);
    assertObjectAllowed(principal, object);
    const one = await mapRecords(services.mapper, {
      source,
      account: accountOf(services, source),
      object,
      records: [event.data],
      deleted: isDeletion(event.type),
      lane: 'realtime',
      dedupeKeys: [`event|${event.source}|${event.id}`],
    });
    mapped.operations.push(...one.operations);
    mapped.recordIndex.push(...one.recordIndex.map(() => index));
    mapped.ignored.push(...one.ignored.map((ignored) => ({ ...ignored, index })));
    mapped.warnings.push(...one.warnings.map((warned) => ({ ...warned, index })));
  }
  const accepted: Accepted =
    mapped.operations.length === 0
      ? { outcome: 'accepted', requestId: '', operations: [] }
      : await acceptRequest(services, {
          source: source.name,
          trace,
          body: null,
          idempotencyScope: 'events',
          operations: mapped.operations,
        });
  await answerAccepted(context, accepted, mapped, prefer);
};

async function readEvents({ services, request }: RouteContext): Promise<CloudEvent[]> {
  const { limits } = services.settings().config;
  const type = (headerOf(request, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const body = parseJsonBody(await bodyOf(services, request), limits);
  const form = type === BATCH ? 'batch' : type === STRUCTURED ? 'structured' : 'binary';
  const given: unknown[] =
    form === 'batch' ? asBatch(body) : [form === 'structured' ? body : binaryEvent(request, type, body)];
  if (given.length > limits.records) {
    throw new ProblemError(
      'payload-too-large',
      `The batch holds ${given.length} events; ${limits.records} are allowed.`,
    );
  }
  const parsed = z.array(cloudEventSchema).min(1).safeParse(given, { reportInput: true });
  if (!parsed.success) {
    throw new ProblemError('validation-failed', 'The events are not valid CloudEvents 1.0.', {
      errors: schemaDetails(parsed.error.issues.map((issue) => ({ ...issue, path: inBody(form, issue.path) }))),
    });
  }
  parsed.data.forEach((event, index) => assertAttributeNames(event, form, index));
  return parsed.data;
}

/** Where a part of an event stands in the body: only a batch is a list, and in binary form the body is the data alone. */
function inBody(form: 'batch' | 'structured' | 'binary', path: readonly PropertyKey[]): PropertyKey[] {
  if (form === 'batch') return [...path];
  const [, attribute, ...rest] = path;
  if (form === 'binary') return attribute === 'data' ? rest : [];
  return path.slice(1);
}

function asBatch(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  throw new ProblemError('validation-failed', `A body of type ${BATCH} must be a list of events.`);
}

/** Attributes in `ce-` headers, the record as body. */
function binaryEvent(request: Request, type: string, data: unknown): unknown {
  if (headerOf(request, 'ce-specversion') === undefined) {
    throw new ProblemError(
      'unsupported-media-type',
      `Send ${STRUCTURED}, ${BATCH}, or ce- headers (binary form) with application/json; ${type || 'no content type'} came.`,
    );
  }
  const attributes = Object.entries(request.headers)
    .filter(([name]) => name.startsWith('ce-'))
    .map(([name, value]) => [name.slice('ce-'.length), decodeAttribute(String(value))]);
  const event: unknown = { ...Object.fromEntries(attributes), data };
  assertSoundText(event);
  return event;
}

/** Header values are percent-encoded outside printable ASCII (CloudEvents HTTP binding, 3.1.3.2). */
function decodeAttribute(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function assertAttributeNames(event: CloudEvent, form: 'batch' | 'structured' | 'binary', index: number): void {
  const bad = Object.keys(event).find((name) => !/^[a-z0-9]+$/.test(name) && name !== 'data_base64');
  if (bad !== undefined) {
    throw new ProblemError(
      'validation-failed',
      'Names of CloudEvents attributes hold lower-case letters and digits only.',
      {
        errors: [
          {
            pointer: pointerOf(inBody(form, [index, bad])),
            detail: `${bad} is not a valid attribute name`,
            code: 'invalid_key',
          },
        ],
      },
    );
  }
}
