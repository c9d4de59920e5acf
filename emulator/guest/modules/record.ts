import { missingArgument } from '../errors';
import { defineLazy } from '../lazy';
import type { Guest, Json, JsonObject, RecordBridge } from '../types';
import { recordTypes } from './record/record-types';
import { named } from './record/call-arguments';
import type { OpenedRecord, PackedMeta, RecordData } from './record/data';
import { denyPromises } from './record/deny-promises';
import { TypeInfo } from './record/meta';
import { DeferredDynamicRecord, DynamicRecord, makeRecord } from './record/record-object';
import { isRecord, stateOf, type RecordState } from './record/state';
import { Texts } from './record/texts';

interface OpenArguments {
  type: string;
  id: string | number;
  isDynamic?: boolean;
  defaultValues?: JsonObject;
}
interface TransformArguments {
  fromType: string;
  fromId: string | number;
  toType: string;
  isDynamic?: boolean;
  defaultValues?: JsonObject;
}
interface LinkEnd {
  type?: string;
  id?: string | number;
}

/** Types and texts an execution has learnt; made once an execution. */
class Opener {
  private readonly guest: Guest;
  private readonly infos = new Map<string, TypeInfo>();
  private readonly texts: Texts;

  constructor(guest: Guest) {
    this.guest = guest;
    this.texts = new Texts(guest);
  }

  open(api: string, args: object, dynamic: boolean): object {
    const answer = this.guest.syscall<OpenedRecord>(api, { ...args, isDynamic: dynamic, have: [...this.infos.keys()] });
    for (const meta of answer.meta) this.learn(meta);
    return this.wrap(answer.record, { dynamic, owner: 'own', readOnly: false, partial: false });
  }

  print(api: string, args: object): { record: object; label: string } {
    const answer = this.guest.syscall<OpenedRecord & { label: string }>(api, { ...args, have: [...this.infos.keys()] });
    for (const meta of answer.meta) this.learn(meta);
    const mode = { dynamic: false, owner: 'own', readOnly: true, partial: false } as const;
    return { record: this.wrap(answer.record, mode), label: answer.label };
  }

  wrap(data: RecordData, mode: Pick<RecordState, 'dynamic' | 'owner' | 'readOnly' | 'partial'>): object {
    const state: RecordState = {
      ...mode,
      guest: this.guest,
      data,
      info: this.typeInfo(data.type),
      texts: this.texts,
      setAs: new Map(),
      pendingText: new Map(),
      current: new Map(),
      typesFor: (type) => this.typeInfo(type),
    };
    return makeRecord(state);
  }

  private typeInfo(type: string): TypeInfo {
    const known = this.infos.get(type);
    return known ?? this.learn(this.guest.syscall<PackedMeta>('record.meta', { type }));
  }

  private learn(meta: PackedMeta): TypeInfo {
    const info = new TypeInfo(meta);
    this.infos.set(meta.type, info);
    return info;
  }
}

/** Dates inside plain values (`defaultValues`, `submitFields`) travel as ISO text with a mark. */
function plainValues(values: Record<string, unknown>): JsonObject {
  const plain: JsonObject = {};
  for (const [key, value] of Object.entries(values)) {
    const isDate = Object.prototype.toString.call(value) === '[object Date]';
    plain[key] = isDate ? { date: dayAndInstant(value as Date) } : ((value ?? null) as Json);
  }
  return plain;
}

const two = (n: number): string => String(n).padStart(2, '0');
const dayAndInstant = (date: Date): JsonObject => ({
  day: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
  instant: date.toISOString(),
});

function makeBridge(opener: Opener): RecordBridge {
  return {
    wrap: (data, mode) =>
      opener.wrap(data as unknown as RecordData, {
        dynamic: false,
        owner: 'context',
        readOnly: mode.readOnly,
        partial: mode.partial === true,
      }),
    unwrap: (record) => {
      if (!isRecord(record)) throw missingArgument('record', 'record');
      return stateOf(record).data as unknown as JsonObject;
    },
    open: (syscall, args) => opener.print(syscall, args),
  };
}

function linkArguments(method: string, options: Record<string, LinkEnd> | undefined, other: 'to' | 'from'): void {
  for (const end of ['record', other]) {
    const given = options?.[end];
    if (given === undefined) throw missingArgument(method, end);
    for (const part of ['type', 'id'] as const)
      if (given[part] === undefined || given[part] === null) throw missingArgument(method, `${end}.${part}`);
  }
}

/** N/record (Oracle page chapter_4267255811). */
export function createRecordModule(guest: Guest): object {
  const opener = new Opener(guest);
  guest.bridges.record = makeBridge(opener);
  const open = (api: string, method: string, args: unknown[], names: string[]): object => {
    const given = named<OpenArguments>(method, args, [...names, 'isDynamic', 'defaultValues'], names);
    const { isDynamic, defaultValues, ...rest } = given;
    return opener.open(api, { ...rest, defaultValues: plainValues(defaultValues ?? {}) }, isDynamic === true);
  };
  const module: Record<string, unknown> = {
    create: (...args: unknown[]) => open('record.create', 'record.create', args, ['type']),
    load: (...args: unknown[]) => open('record.load', 'record.load', args, ['type', 'id']),
    copy: (...args: unknown[]) => open('record.copy', 'record.copy', args, ['type', 'id']),
    transform: (...args: unknown[]) => {
      const names = ['fromType', 'fromId', 'toType'];
      const given = named<TransformArguments>(
        'record.transform',
        args,
        [...names, 'isDynamic', 'defaultValues'],
        names,
      );
      const { fromType, fromId, toType, isDynamic, defaultValues } = given;
      return opener.open(
        'record.transform',
        { fromType, fromId, toType, defaultValues: plainValues(defaultValues ?? {}) },
        isDynamic === true,
      );
    },
    delete: (...args: unknown[]) => {
      const { type, id } = named<OpenArguments>('record.delete', args, ['type', 'id']);
      return guest.syscall<number>('record.delete', { type, id });
    },
    submitFields: (...args: unknown[]) => {
      const names = ['type', 'id', 'values'];
      const given = named<OpenArguments & { values: Record<string, unknown>; options?: JsonObject }>(
        'record.submitFields',
        args,
        [...names, 'options'],
        names,
      );
      const { type, id, values, options } = given;
      return guest.syscall<number>('record.submitFields', {
        type,
        id,
        values: plainValues(values),
        options: options ?? {},
      });
    },
    attach: (options?: Record<string, LinkEnd> & { attributes?: JsonObject }) => {
      linkArguments('record.attach', options, 'to');
      guest.syscall('record.attach', {
        record: options!.record,
        to: options!.to,
        attributes: options!.attributes ?? {},
      });
    },
    detach: (options?: Record<string, LinkEnd> & { attributes?: JsonObject }) => {
      linkArguments('record.detach', options, 'from');
      guest.syscall('record.detach', {
        record: options!.record,
        from: options!.from,
        attributes: options!.attributes ?? {},
      });
    },
  };
  denyPromises(module, 'record', Object.keys(module));
  defineLazy(module, 'Type', recordTypes);
  for (const prototype of prototypesOf(DynamicRecord, DeferredDynamicRecord))
    denyPromises(prototype, 'Record', PROMISED_METHODS);
  return module;
}

const PROMISED_METHODS = ['save', 'executeMacro'];

function prototypesOf(...classes: { prototype: object }[]): object[] {
  const found = new Set<object>();
  for (const { prototype } of classes) {
    for (
      let level: object | null = prototype;
      level && level !== Object.prototype;
      level = Object.getPrototypeOf(level) as object | null
    )
      found.add(level);
  }
  return [...found];
}
