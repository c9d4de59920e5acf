import type { Dispatcher } from 'undici';
import type { Flow } from '../../../flows';
import type { CrmAdapter, CrmBatch, CrmFault, CrmWrite, CrmWriteOutcome } from '../../delivery/crm-adapter';
import { groupByTarget, type WriteGroup } from '../group-by-target';
import { callerRefusal, CrmCallError, SignInRefused } from '../http-call';
import { pathsOf } from '../salesforce/build-query';
import { splitRefused } from '../split-refused';
import type { Cursors } from '../refresh-token';
import { RestClient } from './rest-client';
import type { RestOptions } from './rest-options';

export interface RestDependencies {
  flowsFor: (object: string) => readonly Flow[];
  now?: () => number;
  dispatcher?: Dispatcher;
  /** Where a refresh token that was exchanged is kept; in memory when left out. */
  store?: Cursors;
}

/** How long to rest when a CRM has enough and does not say for how long, in ms. */
const THROTTLE_MS = 30_000;

/** Any CRM with a REST API that takes and gives lists of records, by configuration alone. */
export class RestAdapter implements CrmAdapter {
  readonly kind = 'rest';
  readonly name: string;
  readonly #options: RestOptions;
  readonly #client: RestClient;
  readonly #flowsFor: (object: string) => readonly Flow[];

  constructor(options: RestOptions, deps: RestDependencies) {
    this.name = options.name;
    this.#options = options;
    this.#client = new RestClient(options, deps);
    this.#flowsFor = deps.flowsFor;
  }

  async readRecords(
    object: string,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, unknown>> {
    const found = new Map<string, unknown>();
    const { read } = this.#options;
    if (!read) return found;
    const fields = [...new Set([...pathsOf(this.#flowsFor(object)).own].map((path) => path.split('.')[0]!))];
    for (let from = 0; from < ids.length; from += read.batch) {
      const values = { object, ids: ids.slice(from, from + read.batch).join(','), fields: fields.join(',') };
      const { body } = await this.#client.call('GET', fill(read.path, values), undefined, signal);
      for (const record of listAt(body, read.records)) found.set(textAt(record, read.id) ?? '', record);
    }
    return found;
  }

  callsFor(records: number): number {
    return Math.ceil(records / this.#options.write.batch) * 2 + 2;
  }

  async writeBatch(batch: CrmBatch, signal: AbortSignal): Promise<readonly CrmWriteOutcome[]> {
    const outcomes = new Map<string, CrmWriteOutcome>();
    const { write } = this.#options;
    const call = (group: WriteGroup) => (part: readonly CrmWrite[]) => this.#write(batch.object, group, part, signal);
    const failed = (_item: CrmWrite, error: unknown): CrmWriteOutcome => ({
      ok: false,
      fault: this.classifyError(error),
    });
    for (const group of groupByTarget(batch.items, write.id)) {
      if (group.by !== write.id && !(group.create && write.upsert)) continue;
      for (let from = 0; from < group.items.length; from += write.batch) {
        const part = group.items.slice(from, from + write.batch);
        const rows = await splitRefused(part, call(group), failed);
        part.forEach((item, at) => rows[at] && outcomes.set(item.operationId, rows[at]));
      }
    }
    return batch.items.map((item) => outcomes.get(item.operationId) ?? nothingToFindBy);
  }

  classifyError(error: unknown): CrmFault {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof CrmCallError)) return { class: 'transient', code: 'NO_ANSWER', message };
    const { status, body, retryAfterMs } = error;
    const code = textAt(body, this.#options.outcome.code ?? 'code') ?? `HTTP_${status}`;
    const known = { code, message, status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    if (error instanceof SignInRefused) return { ...known, class: 'configuration', refusedCaller: true };
    const named = this.#options.errorClasses[code];
    if (named) return { ...known, class: named, ...callerRefusal(error) };
    if (status === 429) return { ...known, class: 'throttle', retryAfterMs: retryAfterMs ?? THROTTLE_MS };
    if (status === 408 || status >= 500) return { ...known, class: 'transient' };
    if (status === 401 || status === 403) return { ...known, class: 'permission', ...callerRefusal(error) };
    return { ...known, class: status === 404 ? 'configuration' : 'data' };
  }

  async #write(
    object: string,
    { by }: WriteGroup,
    items: readonly CrmWrite[],
    signal: AbortSignal,
  ): Promise<CrmWriteOutcome[]> {
    const { write, outcome } = this.#options;
    const byId = by === write.id;
    const { method, path } = byId ? write.update : write.upsert!;
    const matchFields = byId ? undefined : write.upsert?.matchFields;
    const body = {
      [write.records]: items.map((item) => ({
        ...item.fields,
        [by]: byId ? item.crmId : item.match?.value,
      })),
      ...(matchFields === undefined ? {} : { [matchFields]: [by] }),
    };
    const answer = await this.#client.call(method, fill(path, { object, ids: '', fields: '' }), body, signal);
    const rows = listAt(answer.body, outcome.records);
    return items.map((_item, at) => this.#outcomeOf(rows[at]));
  }

  #outcomeOf(row: unknown): CrmWriteOutcome {
    const { outcome, errorClasses } = this.#options;
    const at = (path: string | undefined): string | undefined => (path === undefined ? undefined : textAt(row, path));
    if (at(outcome.ok.path) === outcome.ok.equals) {
      const created = outcome.created !== undefined && at(outcome.created.path) === outcome.created.equals;
      return { ok: true, crmId: at(outcome.id) ?? null, status: created ? 'created' : 'updated' };
    }
    const code = at(outcome.code) ?? 'NO_OUTCOME';
    const message = at(outcome.message) ?? 'The CRM gave no reason.';
    const field = at(outcome.field);
    const errorClass = errorClasses[code] ?? (row === undefined ? 'transient' : 'data');
    return { ok: false, fault: { class: errorClass, code, message, ...(field === undefined ? {} : { field }) } };
  }
}

const fill = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? '').replaceAll('%2C', ','));

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
      value,
    );
}

const listAt = (value: unknown, path: string): unknown[] => {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
};

function textAt(value: unknown, path: string): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : undefined;
}

const nothingToFindBy: CrmWriteOutcome = {
  ok: false,
  fault: {
    class: 'data',
    code: 'NO_IDENTITY',
    message: 'The id of the record is not known, and this flow creates none.',
  },
};
