import * as z from 'zod';
import { hubspotActionAnswerSchema, hubspotActionSchema } from '../hooks/hubspot-action';
import { hubspotEventSchema } from '../hooks/hubspot-events';
import type { DocumentedRoute } from './documented-route';

/** What any signed request may meet. */
export const signed = [
  'invalid-request',
  'signature-invalid',
  'forbidden',
  'request-timeout',
  'payload-too-large',
  'unsupported-media-type',
  'invalid-json',
  'validation-failed',
  'rate-limited',
  'store-unavailable',
  'queue-full',
  'stopping',
  'internal-error',
] as const;

/** Where CRMs tell what changed: signed, or with a secret in the address. */
export const WEBHOOK_ROUTES: readonly DocumentedRoute[] = [
  {
    method: 'post',
    path: '/v1/hooks/hubspot',
    id: 'hubspotWebhook',
    summary: 'HubSpot webhooks',
    description: 'Signed by X-HubSpot-Signature-v3. Events name changed properties; the records are read from HubSpot.',
    tag: 'Webhooks',
    security: 'signature',
    body: { schema: z.array(hubspotEventSchema) },
    answers: { 204: { description: 'Stored, or nothing to do.' } },
    problems: signed,
  },
  {
    method: 'post',
    path: '/v1/hooks/hubspot-action',
    id: 'hubspotAction',
    summary: 'A custom action of HubSpot workflows, which names one record',
    description: 'Signed by X-HubSpot-Signature, version 2 or 3. The record is read from HubSpot.',
    tag: 'Webhooks',
    security: 'signature',
    body: { schema: hubspotActionSchema },
    answers: { 200: { description: 'Stored, or not taken by a flow.', schema: hubspotActionAnswerSchema } },
    problems: signed,
  },
  {
    method: 'post',
    path: '/v1/hooks/hubspot-workflow',
    id: 'hubspotWorkflow',
    summary: "A HubSpot workflow's webhook action, which sends the whole object",
    tag: 'Webhooks',
    security: 'signature',
    query: z.object({ object: z.string().optional() }),
    body: { schema: z.record(z.string(), z.unknown()) },
    answers: {
      200: {
        description: 'Stored.',
        schema: z.strictObject({
          requestId: z.string().nullable(),
          operationId: z.string().nullable(),
          accepted: z.int(),
        }),
      },
    },
    problems: signed,
  },
  {
    method: 'post',
    path: '/v1/hooks/salesforce/outbound-message/{secret}',
    id: 'salesforceOutboundMessage',
    summary: 'Salesforce outbound messages (SOAP)',
    tag: 'Webhooks',
    security: 'signature',
    body: { schema: z.string(), types: ['text/xml'] },
    answers: { 200: { description: 'Acknowledged.', type: 'text/xml' } },
    problems: signed,
  },
  {
    method: 'post',
    path: '/v1/hooks/standard/{source}',
    id: 'standardWebhook',
    summary: 'Any sender that signs by the Standard Webhooks specification',
    tag: 'Webhooks',
    security: 'signature',
    body: { schema: z.looseObject({ type: z.string(), data: z.unknown() }) },
    answers: { 204: { description: 'Stored.' } },
    problems: signed,
  },
];
