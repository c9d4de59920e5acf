import type { Adapter, JsonObject } from '../types';

/** Calls `each({type, id})` of a mass update script, once a record (page section_4407992281): ids are numbers. */
export const callMassUpdate: Adapter = async (call) => {
  const { type, id } = call.input as JsonObject;
  await call.script.each?.(Object.freeze({ type, id: Number(id) }));
  return {};
};
