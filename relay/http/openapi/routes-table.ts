import * as z from 'zod';
import { changeBatchSchema, directRecordSchema } from '../../../contract';
import { upsertEnvelopeSchema } from '../accept/envelope';
import { actionSchemas } from '../routes/action-schemas';
import { contextQuerySchema } from '../routes/context';
import { recordQuerySchema } from '../routes/records';
import { cloudEventSchema } from '../routes/cloud-events';
import { operationQuerySchema } from '../routes/operations';
import * as answers from './answer-schemas';
import type { DocumentedRoute } from './documented-route';
import { signed, WEBHOOK_ROUTES } from './webhook-routes';

const keyed = { tag: 'Records', security: 'key' } as const;
const writing = ['Idempotency-Key', 'Prefer', 'traceparent'] as const;
const known = [
  'invalid-request',
  'unauthorized',
  'forbidden',
  'rate-limited',
  'internal-error',
  'identity-unavailable',
  'store-unavailable',
] as const;
const reading = [
  ...known,
  'invalid-json',
  'request-timeout',
  'payload-too-large',
  'unsupported-media-type',
  'validation-failed',
] as const;
const accepting = [...reading, 'mapping-missing', 'queue-full', 'stopping'] as const;
const accepted = {
  200: {
    description: 'Waiting was asked for and everything is settled; or nothing was to be done.',
    schema: answers.acceptedSchema,
  },
  202: { description: 'Stored. The body repeats what the headers say.', schema: answers.acceptedSchema },
};
const decided = (
  id: string,
  summary: string,
  body: z.core.$ZodType,
  schema: z.core.$ZodType = answers.summarySchema,
): DocumentedRoute => ({
  method: 'post',
  path: `/v1/failures/{id}/${id}`,
  id: `${id}Failure`,
  summary,
  tag: 'Failures',
  security: 'key',
  body: { schema: body, required: false },
  answers: { 200: { description: 'The operation as it stands now.', schema } },
  problems: [...reading, 'mapping-missing', 'unknown-operation', 'operation-conflict'],
});

export const ROUTES: readonly DocumentedRoute[] = [
  {
    method: 'post',
    path: '/v1/upserts',
    id: 'upsertRecords',
    summary: 'Send records of a CRM to NetSuite',
    description:
      "1 to 1,000 records as that CRM's REST API returns them. Answered after they are stored durably, before NetSuite is called. Records of one NetSuite record are written in the order they were accepted. A record that no flow can map is accepted and goes to review.",
    ...keyed,
    headers: writing,
    body: { schema: upsertEnvelopeSchema },
    answers: accepted,
    problems: [...accepting, 'idempotency-key-missing', 'idempotency-key-reuse', 'forbidden-object'],
  },
  {
    method: 'post',
    path: '/v1/validate',
    id: 'validateRecords',
    summary: 'See what would be sent to NetSuite',
    description: 'The same body as an upsert. Nothing is stored or written.',
    ...keyed,
    body: { schema: upsertEnvelopeSchema },
    answers: {
      200: {
        description: 'The mapped operations, and why a record can not be mapped.',
        schema: answers.validatedSchema,
      },
    },
    problems: [...reading, 'mapping-missing', 'forbidden-object'],
  },
  {
    method: 'put',
    path: '/v1/records/{type}/{externalId}',
    id: 'putRecord',
    summary: 'Write one NetSuite record',
    description: 'One operation of the contract; the address gives its record type and external id.',
    ...keyed,
    headers: writing,
    body: {
      schema: z
        .record(z.string(), z.unknown())
        .meta({ description: 'fields, sublists, subrecords, requires … as in an operation.' }),
    },
    answers: accepted,
    problems: [...accepting, 'idempotency-key-reuse', 'forbidden-object'],
  },
  {
    method: 'get',
    path: '/v1/records/{type}/{externalId}',
    id: 'getRecord',
    summary: 'Look up what is known of a record',
    ...keyed,
    query: recordQuerySchema,
    answers: { 200: { description: 'Ids, last version, last operation.', schema: answers.recordAnswerSchema } },
    problems: [...known, 'not-found', 'validation-failed'],
  },
  {
    method: 'get',
    path: '/v1/context',
    id: 'getCustomerContext',
    summary: 'What NetSuite knows of the customer of a case or ticket',
    description: '503 when NetSuite can not be asked in time: 20 seconds, or what `Prefer: wait` says.',
    ...keyed,
    headers: ['Prefer'],
    query: contextQuerySchema,
    answers: { 200: { description: 'What is known.', schema: answers.contextAnswerSchema } },
    problems: [...known, 'validation-failed', 'not-found', 'netsuite-unavailable'],
  },
  {
    method: 'post',
    path: '/v1/events',
    id: 'sendEvents',
    summary: 'Send CloudEvents',
    description:
      'CloudEvents 1.0 in binary, structured or batched form; `data` is the record. An event is known by its source and id.',
    ...keyed,
    headers: ['Prefer', 'traceparent'],
    body: {
      schema: cloudEventSchema,
      types: ['application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json'],
    },
    answers: accepted,
    problems: [...accepting, 'forbidden-object'],
  },
  {
    method: 'get',
    path: '/v1/operations',
    id: 'listOperations',
    summary: 'Find operations',
    description: 'By CRM id, NetSuite id, external id, trace, state and more; newest first.',
    tag: 'Operations',
    security: 'key',
    query: operationQuerySchema,
    answers: { 200: { description: 'A page of operations.', schema: answers.operationsAnswerSchema } },
    problems: [...known, 'validation-failed'],
  },
  {
    method: 'get',
    path: '/v1/operations/{id}',
    id: 'getOperation',
    summary: 'State of an operation (op_…) or of a request (req_…)',
    description: 'Carries an ETag: polling with If-None-Match is cheap.',
    tag: 'Operations',
    security: 'key',
    answers: {
      200: {
        description: 'The operation with its attempts and what NetSuite changed, or the request with its operations.',
        schema: z.union([answers.operationAnswerSchema, answers.requestAnswerSchema]),
      },
      304: { description: 'Not changed since the ETag given in If-None-Match.' },
    },
    problems: [...known, 'unknown-operation'],
  },
  ...(['retry', 'cancel'] as const).map((action): DocumentedRoute => ({
    method: 'post',
    path: `/v1/operations/{id}/${action}`,
    id: `${action}Operation`,
    summary: action === 'retry' ? 'Try an operation again now' : 'Cancel an operation that has not begun',
    tag: 'Operations',
    security: 'key',
    answers: { 200: { description: 'The operation as it stands now.', schema: answers.summarySchema } },
    problems: [...known, 'unknown-operation', 'operation-conflict'],
  })),
  {
    method: 'post',
    path: '/v1/operations/{id}/undo',
    id: 'undoOperation',
    summary: 'Take an update back: every field gets the value it had, unless somebody changed it since',
    tag: 'Operations',
    security: 'key',
    headers: ['Prefer', 'traceparent'],
    answers: {
      200: { description: 'Waiting was asked for and it is settled.', schema: answers.acceptedSchema },
      202: { description: 'The operation that takes it back.', schema: answers.acceptedSchema },
    },
    problems: [...known, 'unknown-operation', 'operation-conflict', 'queue-full', 'stopping'],
  },
  {
    method: 'get',
    path: '/v1/failures',
    id: 'listFailures',
    summary: 'What is in review or dead, with what to do',
    tag: 'Failures',
    security: 'key',
    query: operationQuerySchema,
    answers: { 200: { description: 'A page of failures.', schema: answers.failuresAnswerSchema } },
    problems: [...known, 'validation-failed'],
  },
  {
    method: 'get',
    path: '/v1/failures/{id}',
    id: 'getFailure',
    summary: 'A failure with its payload and every attempt',
    tag: 'Failures',
    security: 'key',
    answers: { 200: { description: 'The failure.', schema: answers.failureAnswerSchema } },
    problems: [...known, 'unknown-operation'],
  },
  {
    method: 'post',
    path: '/v1/failures/replay',
    id: 'replayFailures',
    summary: 'Replay all failures that a filter finds',
    tag: 'Failures',
    security: 'key',
    body: { schema: actionSchemas.bulkReplay, required: false },
    answers: { 200: { description: 'What was replayed.', schema: answers.replayedSchema } },
    problems: reading,
  },
  decided('replay', 'Replay a failure, as it is or edited', actionSchemas.replay, answers.replayedFailureSchema),
  decided('resolve', 'Close a failure that was handled elsewhere', actionSchemas.resolve),
  decided('link', 'Say which NetSuite record is meant, and replay', actionSchemas.link),
  decided('skip', 'Give a failure up; its successors go on', actionSchemas.skip),
  ...WEBHOOK_ROUTES,
  {
    method: 'post',
    path: '/v1/netsuite/events',
    id: 'netsuiteEvents',
    summary: 'Change events that NetSuite pushes',
    description:
      'CloudEvents in batches, signed by the Standard Webhooks specification. A repeated batch is answered alike.',
    tag: 'NetSuite',
    security: 'signature',
    body: { schema: changeBatchSchema, types: ['application/cloudevents-batch+json'] },
    answers: { 202: { description: 'Stored.', schema: z.strictObject({ accepted: z.int() }) } },
    problems: signed,
  },
  {
    method: 'get',
    path: '/healthz',
    id: 'health',
    summary: 'The process answers',
    tag: 'Service',
    security: 'none',
    answers: { 200: { description: 'It does.', schema: z.strictObject({ status: z.literal('ok') }) } },
    problems: [],
  },
  {
    method: 'get',
    path: '/readyz',
    id: 'ready',
    summary: 'New work can be stored and goes out',
    tag: 'Service',
    security: 'none',
    answers: {
      200: { description: 'Ready.', schema: answers.readinessSchema },
      503: { description: 'Not ready; the checks say why.', schema: answers.readinessSchema },
    },
    problems: [],
  },
  {
    method: 'get',
    path: '/metrics',
    id: 'metrics',
    summary: 'Prometheus metrics',
    tag: 'Service',
    security: 'none',
    answers: { 200: { description: "Prometheus' text format.", type: 'text/plain' } },
    problems: [],
  },
];

/** Shown beside the routes: what a record of the source `direct` is. */
export const DIRECT_RECORD = directRecordSchema;
