import type { Adapter, JsonObject } from '../types';
import { stamped } from './map-reduce-context';

/** context.InvocationType of a scheduled script (page section_4407982532): what started it. */
const INVOCATION_TYPES = Object.freeze({
  SCHEDULED: 'SCHEDULED',
  ON_DEMAND: 'ON_DEMAND',
  USER_INTERFACE: 'USER_INTERFACE',
  ABORTED: 'ABORTED',
  SKIPPED: 'SKIPPED',
});

/** Calls `execute`. */
export const callScheduled: Adapter = async (call) => {
  const { type } = call.input as JsonObject;
  await call.script.execute?.(stamped('scheduled.Context', { InvocationType: INVOCATION_TYPES, type }));
  return {};
};
