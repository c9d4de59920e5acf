import * as z from 'zod';
import { PROBLEMS } from '../problem';
import type { ProblemSlug } from '../problem';
import { problemSchema } from './answer-schemas';
import { forExternalServices } from './for-external-services';
import { DIRECT_RECORD, ROUTES } from './routes-table';
import type { DocumentedRoute } from './documented-route';

export type OpenApiVersion = '3.1' | '3.0';
export type JsonObject = Record<string, unknown>;

/** The API's description, generated from the schemas that check its requests and answers. */
export function buildOpenApi(version: OpenApiVersion, serverUrl: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(route, version) };
  }
  const document: JsonObject = {
    openapi: version === '3.1' ? '3.1.1' : '3.0.3',
    info: {
      title: 'SuiteRelay',
      version: '1.0.0',
      description:
        'Takes records of a CRM, keeps them durably and writes them to NetSuite in order, within its limits.',
      license: version === '3.1' ? { name: 'Apache-2.0', identifier: 'Apache-2.0' } : { name: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    tags: [...new Set(ROUTES.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: {
        Problem: toSchema(problemSchema, version, 'output'),
        DirectRecord: toSchema(DIRECT_RECORD, version, 'input'),
      },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, or a JWT of a configured issuer.' },
      },
    },
  };
  return version === '3.0' ? (forExternalServices(document) as JsonObject) : document;
}

function describeRoute(route: DocumentedRoute, version: OpenApiVersion): JsonObject {
  const answers = Object.entries(route.answers).map(([status, { description, schema, type }]) => [
    status,
    {
      description,
      ...(schema ? { content: { 'application/json': { schema: toSchema(schema, version, 'output') } } } : {}),
      ...(type ? { content: { [type]: { schema: { type: 'string' } } } } : {}),
    },
  ]);
  const parameters = [...pathParameters(route), ...queryParameters(route, version), ...headerParameters(route)];
  return {
    operationId: route.id,
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    tags: [route.tag],
    security: route.security === 'key' ? [{ apiKey: [] }] : [],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: requestBody(route.body, version) } : {}),
    responses: { ...Object.fromEntries(answers), ...problemAnswers(route.problems) },
  };
}

function requestBody(
  { schema, types, required }: NonNullable<DocumentedRoute['body']>,
  version: OpenApiVersion,
): JsonObject {
  const described = toSchema(schema, version, 'input');
  const content = (types ?? ['application/json']).map((type) => [
    type,
    {
      schema:
        type.endsWith('batch+json') && described['type'] !== 'array' ? { type: 'array', items: described } : described,
    },
  ]);
  return { required: required ?? true, content: Object.fromEntries(content) as JsonObject };
}

/** Problems of one status share an answer. */
function problemAnswers(slugs: readonly ProblemSlug[]): JsonObject {
  const byStatus = new Map<number, ProblemSlug[]>();
  for (const slug of slugs) byStatus.set(PROBLEMS[slug].status, [...(byStatus.get(PROBLEMS[slug].status) ?? []), slug]);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((slug) => `${PROBLEMS[slug].title} (${slug})`).join('; '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const pathParameters = ({ path }: DocumentedRoute): JsonObject[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters({ query }: DocumentedRoute, version: OpenApiVersion): JsonObject[] {
  if (!query) return [];
  const { properties = {}, required = [] } = toSchema(query, version, 'input') as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

const HEADERS = {
  'Idempotency-Key':
    'A value of your own for this request, repeated when the request is repeated. Kept for seven days.',
  Prefer: '`wait=10` waits up to that many seconds (25 at most) for the outcome; `respond-async` answers at once.',
  traceparent: 'W3C trace context; goes through to NetSuite and back.',
} as const;

const headerParameters = ({ headers, id }: DocumentedRoute): JsonObject[] =>
  (headers ?? []).map((name) => ({
    name,
    in: 'header',
    required: name === 'Idempotency-Key' && id === 'upsertRecords',
    description: HEADERS[name],
    schema: { type: 'string' },
  }));

function toSchema(schema: z.core.$ZodType, version: OpenApiVersion, io: 'input' | 'output'): JsonObject {
  const made = z.toJSONSchema(schema, {
    target: version === '3.1' ? 'draft-2020-12' : 'openapi-3.0',
    io,
    unrepresentable: 'any',
    reused: 'inline',
  }) as JsonObject;
  const { $schema: _dialect, ...rest } = made;
  return rest;
}
