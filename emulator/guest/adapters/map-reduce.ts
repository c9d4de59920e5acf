import { missingArgument, unsupported } from '../errors';
import { scriptError } from '../modules/arguments';
import type { Adapter, EntryCall, Guest, Json, JsonObject } from '../types';
import { errorsIterator, stamped, textOf, type InvocationInput } from './map-reduce-context';
import { describeInput } from './map-reduce-input';
import { summaryContext, type SummaryInput } from './map-reduce-summary';

const MAX_KEY_LENGTH = 3000;
const MAX_VALUE_LENGTH = 10 * 1024 * 1024;

/** Calls one stage of a Map/Reduce script (page bridgehead_4387802529). What was written travels back with the result: a throw loses it. */
export const callMapReduce: Adapter = async (call, guest) => {
  switch (call.entry) {
    case 'getInputData':
      return getInputData(call, guest);
    case 'map':
    case 'reduce':
      return invoke(call);
    default: {
      const context = summaryContext(call.input as unknown as SummaryInput);
      await call.script.summarize?.(context);
      return {};
    }
  }
};

async function getInputData(call: EntryCall, guest: Guest): Promise<Json> {
  const { isRestarted } = call.input as { isRestarted: boolean };
  const returned = await call.script.getInputData?.(
    stamped('mapreduce.InputContext', {
      isRestarted,
      ObjectRefType: { FILE: 'FILE', SEARCH: 'SEARCH', QUERY: 'QUERY' },
    }),
  );
  const stages = ['map', 'reduce', 'summarize'].filter((name) => typeof call.script[name] === 'function');
  return {
    input: describeInput(returned, guest),
    config: configOf(call),
    stages,
  };
}

/** Valid retry counts are 0 to 3 (page section_1517279521); what others do, no page tells. */
function configOf({ script }: EntryCall): JsonObject {
  const { retryCount = null, exitOnError } = (script as unknown as { config?: JsonObject }).config ?? {};
  if (retryCount !== null && ![0, 1, 2, 3].includes(Number(retryCount)))
    throw unsupported(`config.retryCount ${JSON.stringify(retryCount)} (valid values are 0 to 3)`);
  return { retryCount: retryCount === null ? null : Number(retryCount), exitOnError: exitOnError === true };
}

async function invoke(call: EntryCall): Promise<Json> {
  const input = call.input as unknown as InvocationInput;
  const writes: string[][] = [];
  const context = stamped(call.entry === 'map' ? 'mapreduce.MapContext' : 'mapreduce.ReduceContext', {
    key: input.key,
    ...(call.entry === 'map' ? { value: input.value } : { values: input.values }),
    isRestarted: input.isRestarted,
    executionNo: input.executionNo,
    errors: errorsIterator(input.errors),
    write: (first: unknown, second?: unknown) => {
      writes.push(pairOf(first, second));
    },
  });
  await call.script[call.entry]?.(context);
  return { writes };
}

/** Both `write({key, value})` and `write(key, value)` are in use. */
function pairOf(first: unknown, second: unknown): [string, string] {
  const bag =
    first !== null && typeof first === 'object' && ('key' in first || 'value' in first)
      ? (first as { key?: unknown; value?: unknown })
      : { key: first, value: second };
  if (bag.key === undefined || bag.key === null) throw missingArgument('write', 'key');
  const key = textOf(bag.key);
  const value = textOf(bag.value);
  if (key.length > MAX_KEY_LENGTH)
    throw scriptError('KEY_LENGTH_IS_OVER_3000_BYTES', 'The key length is over 3000 bytes.');
  if (value.length > MAX_VALUE_LENGTH)
    throw scriptError('VALUE_LENGTH_IS_OVER_10_MB', 'The value length is over 10 MB.');
  return [key, value];
}
