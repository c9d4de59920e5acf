import { buildOpenApi } from '../../../relay/http/openapi/build-openapi';
import type { JsonObject } from '../../../relay/http/openapi/build-openapi';
import { docsPage } from '../../../relay/http/openapi/docs-page';

type Paths = Record<string, Record<string, JsonObject>>;

const everyNode = function* (node: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(node)) for (const item of node) yield* everyNode(item);
  else if (typeof node === 'object' && node !== null) {
    yield node as Record<string, unknown>;
    for (const item of Object.values(node)) yield* everyNode(item);
  }
};

describe('the API describes itself', () => {
  const full = buildOpenApi('3.1', 'https://relay.example.com');
  const narrow = buildOpenApi('3.0', 'https://relay.example.com');

  test('every route of the design is in both documents', () => {
    const wanted = [
      '/v1/upserts',
      '/v1/records/{type}/{externalId}',
      '/v1/operations',
      '/v1/failures',
      '/v1/validate',
      '/v1/hooks/hubspot',
      '/v1/hooks/salesforce/outbound-message/{secret}',
      '/v1/hooks/standard/{source}',
      '/v1/events',
      '/v1/netsuite/events',
      '/healthz',
      '/readyz',
      '/metrics',
    ];
    for (const document of [full, narrow])
      expect(Object.keys(document['paths'] as Paths)).toEqual(expect.arrayContaining(wanted));
  });

  test('the upsert names its body, its idempotency key and its problems', () => {
    const post = (full['paths'] as Paths)['/v1/upserts']?.['post'] as {
      parameters: { name: string; required: boolean }[];
      requestBody: { content: Record<string, { schema: { required: string[] } }> };
      responses: Record<string, unknown>;
    };
    expect(post.parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', required: true }));
    expect(post.requestBody.content['application/json']?.schema.required).toEqual(['source', 'records']);
    expect(Object.keys(post.responses)).toEqual(
      expect.arrayContaining(['200', '202', '400', '401', '413', '415', '422', '429', '503']),
    );
  });

  test('the 3.0 document holds nothing that Salesforce External Services can not read', () => {
    for (const node of everyNode(narrow)) {
      expect(Object.keys(node)).not.toEqual(expect.arrayContaining(['enum']));
      expect(node['oneOf'] ?? node['anyOf'] ?? node['const']).toBeUndefined();
      if (typeof node['description'] === 'string') expect(node['description'].length).toBeLessThanOrEqual(1333);
      if (Array.isArray(node['type'])) throw new Error(`a list of types: ${JSON.stringify(node)}`);
    }
    expect(JSON.stringify(narrow).length).toBeLessThan(10_000_000);
  });

  test('every reference in a document leads somewhere', () => {
    for (const document of [full, narrow]) {
      for (const node of everyNode(document)) {
        const ref = node['$ref'];
        if (typeof ref !== 'string') continue;
        const target = ref
          .slice(2)
          .split('/')
          .reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], document);
        expect({ ref, found: target !== undefined }).toEqual({ ref, found: true });
      }
    }
  });

  test('the page for people loads nothing from elsewhere', () => {
    const page = docsPage('https://relay.example.com');
    expect(page).toContain('idempotency-key-reuse');
    expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
  });
});
