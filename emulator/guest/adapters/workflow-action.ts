import { unsupported } from '../errors';
import type { Adapter, Json, JsonObject } from '../types';

/** Calls `onAction({newRecord, oldRecord, form, type, workflowId})`; what it returns is the action's value (page section_4460429314). */
export const callWorkflowAction: Adapter = async (call, guest) => {
  const input = call.input as JsonObject & { newRecord: JsonObject; oldRecord: JsonObject | null };
  guest.module('N/record');
  const bridge = guest.bridges.record;
  if (!bridge) throw unsupported('A workflow action context record');
  const newRecord = bridge.wrap(input.newRecord, { readOnly: false });
  const oldRecord = input.oldRecord ? bridge.wrap(input.oldRecord, { readOnly: true }) : null;
  const returned = await call.script.onAction?.(
    Object.freeze({
      newRecord,
      oldRecord,
      form: null,
      type: input.event ?? null,
      workflowId: input.workflowId ?? null,
    }),
  );
  return { returned: (returned as Json) ?? null, newRecord: bridge.unwrap(newRecord) };
};
