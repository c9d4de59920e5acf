import { randomBytes } from 'node:crypto';
import { startLoopbackServer, type Answer, type Call, type LoopbackServer } from './loopback-server';
import { answerFake, RecordTable, type CrmRecord } from './record-table';
import { CHILDREN, CUSTOM_FIELDS } from './salesforce-objects';
import { writeRow } from './salesforce-writes';
import { MalformedQuery, parseSoql, project } from './soql';

export interface FakeSalesforceOptions {
  clientId: string;
  clientSecret: string;
  /** API calls a day; every answer tells how many are used. */
  dailyLimit?: number;
  /** ISO 8601 of now. */
  now?: () => string;
}

export interface FakeSalesforce extends LoopbackServer {
  table: RecordTable;
  /** Adds a record as an integration would have created it. */
  add: (object: string, record: CrmRecord) => void;
  /** Ends every session, as a change of the session policy would. */
  endSessions: () => void;
}

const COLLECTION = 200;
const PAGE = 2000;
const fault = (status: number, errorCode: string, message: string): Answer => ({
  status,
  body: [{ message, errorCode }],
});

/** A Salesforce org that remembers: token, describe, SOQL, sObject collections, limits. */
export async function startFakeSalesforce(options: FakeSalesforceOptions): Promise<FakeSalesforce> {
  const org = new SalesforceOrg(options);
  const server = await startLoopbackServer((call) => org.answer(call));
  org.url = server.url;
  return {
    ...server,
    table: org.table,
    add: (object, record) => org.table.put(object, String(record['Id']), structuredClone(record)),
    endSessions: () => org.sessions.clear(),
  };
}

class SalesforceOrg {
  readonly table = new RecordTable();
  readonly sessions = new Set<string>();
  readonly #options: FakeSalesforceOptions;
  readonly #cursors = new Map<string, { rows: CrmRecord[]; from: number }>();
  url = '';
  #used = 0;

  constructor(options: FakeSalesforceOptions) {
    this.#options = options;
  }

  answer(call: Call): Answer {
    const fake = answerFake(this.table, call);
    if (fake) return fake;
    if (call.method === 'POST' && call.path === '/services/oauth2/token')
      return this.#token(call.body as URLSearchParams);
    const answer = this.#authorised(call);
    const records = (call.body as { records?: unknown[] } | null)?.records?.length ?? 0;
    this.table.calls.push({ method: call.method, path: call.path, status: answer.status, records });
    this.#used += 1;
    const limit = this.#options.dailyLimit ?? 15_000;
    return { ...answer, headers: { 'sforce-limit-info': `api-usage=${this.#used}/${limit}` } };
  }

  #token(form: URLSearchParams): Answer {
    const jwt =
      form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer' && form.get('assertion') !== null;
    const { clientId, clientSecret } = this.#options;
    const secret = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
    if (!jwt && !secret) {
      return { status: 400, body: { error: 'invalid_client', error_description: 'invalid client credentials' } };
    }
    const token = `00D!${randomBytes(24).toString('base64url')}`;
    this.sessions.add(token);
    return { status: 200, body: { access_token: token, instance_url: this.url, token_type: 'Bearer', scope: 'api' } };
  }

  #authorised(call: Call): Answer {
    const token = call.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if (!this.sessions.has(token)) return fault(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    const limit = this.#options.dailyLimit ?? 15_000;
    if (this.#used >= limit) return fault(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    const [, , , version, ...rest] = call.path.split('/');
    if (!call.path.startsWith('/services/data/') || !/^v\d+\.0$/.test(version ?? '')) return notFound;
    return this.#route(call, rest);
  }

  #route(call: Call, [first, second, third, fourth]: string[]): Answer {
    if (call.method === 'GET' && first === 'query') return this.#query(call.query.get('q') ?? '', second);
    if (call.method === 'GET' && first === 'limits') {
      const max = this.#options.dailyLimit ?? 15_000;
      return { status: 200, body: { DailyApiRequests: { Max: max, Remaining: max - this.#used } } };
    }
    if (call.method === 'GET' && first === 'sobjects' && second && third === 'describe') return this.#describe(second);
    if (call.method === 'GET' && first === 'sobjects' && second && third) {
      const record = this.table.get(second, third);
      return record
        ? { status: 200, body: record }
        : fault(404, 'NOT_FOUND', 'Provided external ID field does not exist or is not accessible: Id');
    }
    if (call.method === 'PATCH' && first === 'composite' && second === 'sobjects') {
      return this.#collection(call.body, third, fourth);
    }
    return notFound;
  }

  #knownFields(object: string): Set<string> {
    const known = new Set(CUSTOM_FIELDS[object] ?? []);
    for (const [, record] of this.table.all(object).slice(0, 200))
      for (const name of Object.keys(record)) known.add(name);
    known.delete('attributes');
    return known;
  }

  #describe(object: string): Answer {
    const known = this.#knownFields(object);
    if (known.size === 0) return fault(404, 'NOT_FOUND', 'The requested resource does not exist');
    const children = CHILDREN[object] ?? [];
    const fields = [...known].map((name) => ({
      name,
      relationshipName: known.has(`${name}Id`)
        ? name
        : name.endsWith('Id') && known.has(name.slice(0, -2))
          ? name.slice(0, -2)
          : null,
    }));
    return {
      status: 200,
      body: { name: object, fields, childRelationships: children.map((relationshipName) => ({ relationshipName })) },
    };
  }

  #query(soql: string, cursor: string | undefined): Answer {
    if (cursor !== undefined) return this.#page(cursor);
    try {
      const query = parseSoql(soql);
      const known = this.#knownFields(query.object);
      const unknown = query.fields.find((field) => !known.has(field.split('.')[0]!));
      if (unknown !== undefined) {
        return fault(400, 'INVALID_FIELD', `No such column '${unknown}' on entity '${query.object}'.`);
      }
      const rows = this.table
        .all(query.object)
        .map(([, record]) => record)
        .filter(query.matches)
        .sort((a, b) => compareBy(query.order, a, b))
        .slice(0, query.limit ?? undefined)
        .map((record) => ({
          ...project(record, query.fields),
          ...Object.fromEntries(query.children.map(({ relation }) => [relation, record[relation] ?? null])),
        }));
      const id = randomBytes(9).toString('hex');
      this.#cursors.set(id, { rows, from: 0 });
      return this.#page(id);
    } catch (error) {
      if (error instanceof MalformedQuery) return fault(400, 'MALFORMED_QUERY', error.message);
      throw error;
    }
  }

  #page(id: string): Answer {
    const cursor = this.#cursors.get(id);
    if (!cursor) return fault(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    const records = cursor.rows.slice(cursor.from, cursor.from + PAGE);
    cursor.from += PAGE;
    const done = cursor.from >= cursor.rows.length;
    if (done) this.#cursors.delete(id);
    const next = done ? {} : { nextRecordsUrl: `/services/data/v62.0/query/${id}` };
    return { status: 200, body: { totalSize: cursor.rows.length, done, ...next, records } };
  }

  #collection(body: unknown, object: string | undefined, externalId: string | undefined): Answer {
    const { records } = body as { records: (CrmRecord & { attributes: { type: string } })[] };
    if (records.length > COLLECTION) {
      return fault(
        400,
        'EXCEEDED_ID_LIMIT',
        'record limit reached. cannot submit more than 200 records into this call',
      );
    }
    const now = this.#options.now?.() ?? new Date().toISOString();
    const results = records.map((row) => {
      const type = row.attributes.type;
      if (object !== undefined && type !== object) {
        return { success: false, errors: [{ statusCode: 'INVALID_TYPE', message: `wrong type ${type}`, fields: [] }] };
      }
      const touch = (record: CrmRecord): void => {
        record['SystemModstamp'] = record['LastModifiedDate'] = now.replace('Z', '+0000');
      };
      return writeRow(this.table, type, externalId ?? 'Id', row, this.#knownFields(type), touch);
    });
    return { status: 200, body: results };
  }
}

const notFound = fault(404, 'NOT_FOUND', 'The requested resource does not exist');

function compareBy(fields: readonly string[], a: CrmRecord, b: CrmRecord): number {
  for (const field of fields) {
    const [left, right] = [String(a[field]), String(b[field])];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
