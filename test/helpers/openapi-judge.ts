import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { buildOpenApi } from '../../relay/http/openapi/build-openapi';

interface Described {
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

/** Holds answers of the relay against its own published document: route, status, media type, schema. */
export class OpenApiJudge {
  readonly #paths: { pattern: RegExp; methods: Record<string, Described> }[];
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map<object, ValidateFunction>();

  constructor() {
    addFormats(this.#ajv);
    const document = buildOpenApi('3.1', 'https://relay.example.com');
    this.#ajv.addSchema({ $id: 'relay', components: document['components'] });
    // A path without parameters goes before one with them.
    const paths = Object.entries(document['paths'] as Record<string, Record<string, Described>>);
    paths.sort(([a], [b]) => Number(a.includes('{')) - Number(b.includes('{')));
    this.#paths = paths.map(([path, methods]) => ({
      pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      methods,
    }));
  }

  /** What is wrong with an answer, or null. Routes that are not of the API (console, documents) are not judged. */
  async complaint(method: string, path: string, response: Response): Promise<string | null> {
    const known = this.#paths.find(({ pattern }) => pattern.test(path));
    if (!known) return null;
    const where = `${method} ${path} answered ${response.status}`;
    const described = known.methods[method.toLowerCase()];
    if (!described) return response.status === 405 ? null : `${where}; the document does not know the method`;
    const answer = described.responses[String(response.status)];
    if (!answer) return `${where}; the document names ${Object.keys(described.responses).join(', ')}`;
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (response.status === 304) return null;
    if (!answer.content) return (await response.text()) === '' ? null : `${where} with a body; the document has none`;
    const media = answer.content[type];
    if (!media) return `${where} as ${type}; the document names ${Object.keys(answer.content).join(', ')}`;
    return type.endsWith('json') ? this.#judge(where, media.schema, await response.json()) : null;
  }

  #judge(where: string, schema: object, body: unknown): string | null {
    const validate = this.#validators.get(schema) ?? this.#ajv.compile(pointIntoDocument(schema));
    this.#validators.set(schema, validate);
    return validate(body) ? null : `${where}: ${this.#ajv.errorsText(validate.errors)}`;
  }
}

/** References of a part stay references into the whole. */
const pointIntoDocument = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"relay#/components/')) as object;
