import type { Adapter, JsonObject } from '../types';
import { stamped } from './map-reduce-context';

/** context.InvocationType of a scheduled script (page section_4407991700): what started it. */
const INVOCATION_TYPES = Object.freeze({
  SCHEDULED: 'scheduled',
  ON_DEMAND: 'ondemand',
  USER_INTERFACE: 'userinterface',
  ABORTED: 'aborted',
  SKIPPED: 'skipped',
});

/** Calls `execute`. */
export const callScheduled: Adapter = async (call) => {
  const { type } = call.input as JsonObject;
  await call.script.execute?.(stamped('scheduled.Context', { InvocationType: INVOCATION_TYPES, type }));
  return {};
};
