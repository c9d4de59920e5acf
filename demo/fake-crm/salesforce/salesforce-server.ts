import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { toSfId18 } from '../../../flows/transforms/sf-id';
import { startLoopbackServer, type Answer, type Call, type LoopbackServer } from '../loopback-server';
import { answerFake, RecordTable, type CrmRecord } from '../record-table';
import { BulkJobs } from './bulk-jobs';
import { ChangeFeed, type Change } from './change-feed';
import { ContentStore } from './content';
import { UnreadableValue } from './check-value';
import { describeObject, OrgSchema } from './org-schema';
import { InvalidField, InvalidType, runQuery } from './run-query';
import { givenSets, INTEGRATION_USER, PERSON_USER } from './permission-sets';
import { SignIn, type ConnectedApp } from './sign-in';
import { MalformedQuery } from './soql';
import { answerCollection, type CollectionOrg } from './answer-collection';
import { alive, writeRow, type OrgRows, type RowResult } from './write-row';

export interface FakeSalesforceOptions extends ConnectedApp {
  /** API calls a day; every answer tells how many are used. */
  dailyLimit?: number;
  /** ISO 8601 of now. */
  now?: () => string;
}

export interface FakeSalesforce extends LoopbackServer {
  table: RecordTable;
  schema: OrgSchema;
  signIn: SignIn;
  bulk: BulkJobs;
  feed: ChangeFeed;
  /** Files and notes. */
  content: ContentStore;
  /** Adds a record as it would be found in an org. */
  add: (object: string, record: CrmRecord) => void;
  /** A person saves fields of a record. */
  edit: (object: string, id: string, fields: CrmRecord) => void;
  remove: (object: string, id: string) => void;
  /** A person merges records into one: the others go, and name it as their master. */
  merge: (object: string, master: string, others: readonly string[]) => void;
  /** Ends every session, as a change of the session policy would. */
  endSessions: () => void;
  /** Asked before every call; an answer stands for the org's own. */
  intercept: (answer: (call: Call) => Answer | undefined) => void;
  /** Rules of the org for rows that are written; see `OrgRows.rule`. */
  setRule: (rule: OrgRows['rule']) => void;
}

const PAGE = 2000;
/** Children a record of an answer carries at once. */
const CHILD_PAGE = 200;
/** Bytes of an address and its headers an org reads ("Status Codes and Error Responses", 414 and 431). */
const MAX_ADDRESS = 16_384;
/** Versions of the API the org offers. */
const VERSIONS = [58, 59, 60, 61, 62, 63, 64, 65, 66];
const ORGANIZATION = { Id: '00D000000000001EAA', Name: 'Fake Org', IsSandbox: true, IsDeleted: false };
const fault = (status: number, errorCode: string, message: string): Answer => ({
  status,
  body: [{ message, errorCode }],
});
const notFound = fault(404, 'NOT_FOUND', 'The requested resource does not exist');

/** The objects of this repository's package: seen from the sources, and from build/demo. */
const PACKAGE = ['../../..', '../..']
  .map((up) => path.join(__dirname, up, 'crm/salesforce/force-app/main/default/objects'))
  .find((folder) => existsSync(folder));

/** A Salesforce org that remembers, with the package of crm/salesforce deployed to it. */
export async function startFakeSalesforce(options: FakeSalesforceOptions): Promise<FakeSalesforce> {
  const org = new SalesforceOrg(options);
  const server = await startLoopbackServer((call) => org.answer(call));
  org.url = server.url;
  const { table, schema, signIn, bulk, feed, content } = org;
  return {
    ...server,
    table,
    schema,
    signIn,
    bulk,
    feed,
    content,
    add: (object, record) => {
      schema.learn(object, record);
      table.put(object, String(record['Id']), structuredClone(record));
    },
    edit: (object, id, fields) => {
      Object.assign(table.get(object, id)!, fields);
      org.touch(object, [id], 'UPDATE', Object.keys(fields));
    },
    remove: (object, id) => org.remove(object, [id]),
    merge: (object, master, others) => {
      org.remove(object, others);
      for (const id of others) table.get(object, id)!['MasterRecordId'] = master;
      org.touch(object, [master], 'UPDATE', []);
    },
    endSessions: () => signIn.endAll(),
    intercept: (answer) => {
      org.intercept = answer;
    },
    setRule: (rule) => {
      org.rule = rule;
    },
  };
}

const PERSON = 'com/salesforce/core';

class SalesforceOrg {
  readonly table = new RecordTable();
  readonly schema = new OrgSchema(PACKAGE ?? null);
  readonly feed = new ChangeFeed();
  readonly signIn: SignIn;
  readonly bulk: BulkJobs;
  readonly content: ContentStore;
  readonly #options: FakeSalesforceOptions;
  readonly #cursors = new Map<string, { rows: CrmRecord[]; from: number }>();
  intercept: (call: Call) => Answer | undefined = () => undefined;
  rule: OrgRows['rule'] = () => null;
  url = '';
  #used = 0;
  #ids = 0;
  #origin = PERSON;

  constructor(options: FakeSalesforceOptions) {
    this.#options = options;
    this.table.put('Organization', ORGANIZATION.Id, { ...ORGANIZATION });
    for (const one of givenSets()) this.table.put(one.object, one.record.Id, one.record);
    this.signIn = new SignIn(options, () => Date.parse(this.#now()));
    this.bulk = new BulkJobs(
      (object, by, row) => this.#write(object, by, row),
      () => this.#newId('750'),
      (object, column) => column.includes('.') || this.schema.get(object)?.fields.has(column) === true,
    );
    this.content = new ContentStore(
      this.table,
      (prefix) => this.#newId(prefix),
      (object, id) => this.touch(object, [id], 'UPDATE', []),
    );
  }

  #now(): string {
    return this.#options.now?.() ?? new Date().toISOString();
  }

  #newId(prefix: string): string {
    this.#ids += 1;
    return toSfId18(`${prefix}Fk000${String(this.#ids).padStart(7, '0')}`);
  }

  touch(object: string, ids: readonly string[], kind: Change['kind'], fields: readonly string[]): void {
    const at = this.#now().replace('Z', '+0000');
    const person = this.#origin === PERSON;
    const user = person ? PERSON_USER : INTEGRATION_USER;
    for (const id of ids) {
      const record = this.table.get(object, id)!;
      record['SystemModstamp'] = record['LastModifiedDate'] = at;
      record['LastModifiedById'] = user;
      record['CreatedDate'] ??= at;
    }
    this.feed.add({ object, ids, kind, origin: this.#origin, fields, user, at });
  }

  remove(object: string, ids: readonly string[]): void {
    for (const id of ids) this.table.get(object, id)!['IsDeleted'] = true;
    this.touch(object, ids, 'DELETE', []);
  }

  async answer(call: Call): Promise<Answer> {
    const fake = answerFake(this.table, call);
    if (fake) return fake;
    const cut = this.intercept(call);
    if (cut && !cut.cut) return cut;
    if (call.method === 'POST' && call.path === '/services/oauth2/token')
      return this.signIn.answer(call.body as URLSearchParams, this.url);
    const answer = await this.#authorised(call);
    const records = (call.body as { records?: unknown[] } | null)?.records?.length ?? 0;
    this.table.calls.push({ method: call.method, path: call.path, status: answer.status, records });
    this.#used += 1;
    const limit = this.#options.dailyLimit ?? 15_000;
    const headers = { ...answer.headers, 'sforce-limit-info': `api-usage=${this.#used}/${limit}` };
    return { ...answer, headers, ...(cut?.cut ? { cut: true } : {}) };
  }

  #authorised(call: Call): Answer | Promise<Answer> {
    const token = call.headers.authorization?.replace(/^(Bearer|OAuth) /, '') ?? '';
    const streams = /^\/cometd\/\d+\.0$/.test(call.path);
    if (!this.signIn.isValid(token))
      return streams ? this.feed.deny(call) : fault(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    const limit = this.#options.dailyLimit ?? 15_000;
    if (this.#used >= limit) return fault(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    if (streams) return this.feed.answer(call);
    if (call.path === '/services/data/')
      return {
        status: 200,
        body: VERSIONS.map((version) => ({ version: `${version}.0`, url: `/services/data/v${version}.0` })),
      };
    if (call.path.length + call.query.toString().length > MAX_ADDRESS)
      return fault(414, 'URI_TOO_LONG', 'The length of the URI exceeds the 16,384 byte limit.');
    const [, , , version, ...rest] = call.path.split('/');
    if (!call.path.startsWith('/services/data/') || !/^v\d+\.0$/.test(version ?? '')) return notFound;
    const client = /client=([^,;]+)/.exec(String(call.headers['sforce-call-options'] ?? ''))?.[1];
    this.#origin = `com/salesforce/api/rest/${version!.slice(1)}${client === undefined ? '' : `;client=${client}`}`;
    try {
      return this.#route(call, rest);
    } catch (error) {
      if (error instanceof UnreadableValue) return fault(400, 'JSON_PARSER_ERROR', error.message);
      throw error;
    } finally {
      this.#origin = PERSON;
    }
  }

  #route(call: Call, [first, second, third, fourth]: string[]): Answer {
    const { method } = call;
    if (method === 'GET' && (first === 'query' || first === 'queryAll'))
      return this.#query(call.query.get('q') ?? '', second, first === 'queryAll');
    if (method === 'GET' && first === 'limits') {
      const max = this.#options.dailyLimit ?? 15_000;
      return { status: 200, body: { DailyApiRequests: { Max: max, Remaining: max - this.#used } } };
    }
    if (first === 'jobs' && second === 'ingest') return this.bulk.answer(call, [third, fourth]);
    if (first === 'composite' && second === 'sobjects') return this.#collection(call, third, fourth);
    if (first !== 'sobjects') return notFound;
    if (method === 'GET' && second === undefined)
      return { status: 200, body: { sobjects: this.schema.all().map(({ name }) => ({ name, label: name })) } };
    const schema = this.schema.get(second ?? '');
    if (!schema) return notFound;
    if (method === 'GET' && third === 'describe') return { status: 200, body: describeObject(schema) };
    return this.#row(call, schema.name, third, fourth);
  }

  #row({ method, body }: Call, object: string, id: string | undefined, value: string | undefined): Answer {
    const row = body as CrmRecord;
    if (method === 'GET' && object === 'ContentVersion' && value === 'VersionData') {
      const bytes = this.content.versionData(id!);
      return bytes ? { status: 200, body: bytes } : notFound;
    }
    if (value !== undefined) {
      return rowAnswer(method, this.#write(object, id!, { ...row, [id!]: value }));
    }
    if (method === 'POST') return rowAnswer(method, this.#write(object, null, row));
    if (method === 'PATCH') return rowAnswer(method, this.#write(object, 'Id', { ...row, id }));
    const record = this.table.get(object, id ?? '');
    if (!record || !alive(record)) return fault(404, 'NOT_FOUND', 'The requested resource does not exist');
    if (method === 'DELETE') {
      this.remove(object, [id!]);
      return { status: 204 };
    }
    return { status: 200, body: record };
  }

  #write(object: string, by: string | null, row: CrmRecord): RowResult {
    const rows: OrgRows = {
      schema: this.schema,
      table: this.table,
      newId: (prefix) => this.#newId(prefix),
      written: (name, id, kind, fields) => this.touch(name, [id], kind, fields),
      rule: this.rule,
    };
    return writeRow(rows, { object, by, row });
  }

  #query(soql: string, cursor: string | undefined, withDeleted: boolean): Answer {
    if (cursor !== undefined) return this.#page(cursor);
    try {
      const rows = runQuery(this.schema, this.table, soql, withDeleted);
      if (typeof rows === 'number') return { status: 200, body: { totalSize: rows, done: true, records: [] } };
      const id = randomBytes(9).toString('hex');
      this.#cursors.set(id, { rows, from: 0 });
      return this.#page(id);
    } catch (error) {
      if (error instanceof MalformedQuery) return fault(400, 'MALFORMED_QUERY', error.message);
      if (error instanceof InvalidField) return fault(400, 'INVALID_FIELD', error.message);
      if (error instanceof InvalidType) return fault(400, 'INVALID_TYPE', error.message);
      throw error;
    }
  }

  #page(id: string): Answer {
    const cursor = this.#cursors.get(id);
    if (!cursor) return fault(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    const records = cursor.rows.slice(cursor.from, cursor.from + PAGE).map((row) => this.#cutChildren(row));
    cursor.from += PAGE;
    const done = cursor.from >= cursor.rows.length;
    if (done) this.#cursors.delete(id);
    const next = done ? {} : { nextRecordsUrl: `/services/data/v62.0/query/${id}` };
    return { status: 200, body: { totalSize: cursor.rows.length, done, ...next, records } };
  }

  /** A long list of children ends after a page and goes on by a locator of its own. */
  #cutChildren(row: CrmRecord): CrmRecord {
    const cut = Object.entries(row).map(([name, value]): [string, unknown] => {
      const children = (value as { records?: CrmRecord[] } | null)?.records;
      if (!Array.isArray(children) || children.length <= CHILD_PAGE) return [name, value];
      const id = randomBytes(9).toString('hex');
      this.#cursors.set(id, { rows: children.slice(CHILD_PAGE), from: 0 });
      const nextRecordsUrl = `/services/data/v62.0/query/${id}`;
      return [
        name,
        { totalSize: children.length, done: false, nextRecordsUrl, records: children.slice(0, CHILD_PAGE) },
      ];
    });
    return Object.fromEntries(cut);
  }

  #collection(call: Call, object: string | undefined, externalId: string | undefined): Answer {
    const rows: CollectionOrg = {
      table: this.table,
      write: (type, by, row) => this.#write(type, by, row),
      remove: (type, id) => this.remove(type, [id]),
    };
    return answerCollection(rows, call, object, externalId);
  }
}

/** The answer of a call for one record, which is of another form than a row of a collection. */
function rowAnswer(method: string, { success, id, created, errors }: RowResult): Answer {
  if (success)
    return {
      status: created ? 201 : method === 'PATCH' && !created ? 200 : 204,
      body: { id, success, created, errors },
    };
  const [error] = errors;
  const status =
    error?.statusCode === 'DUPLICATE_EXTERNAL_ID'
      ? 300
      : error?.statusCode === 'NOT_FOUND' || error?.statusCode === 'INVALID_CROSS_REFERENCE_KEY'
        ? 404
        : 400;
  return { status, body: [{ errorCode: error?.statusCode, message: error?.message, fields: error?.fields }] };
}
