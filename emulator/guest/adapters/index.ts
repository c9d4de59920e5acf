import type { Adapter } from '../types';
import { callMapReduce } from './map-reduce';
import { callMassUpdate } from './mass-update';
import { callRestlet } from './restlet';
import { callScheduled } from './scheduled';
import { callSuitelet } from './suitelet';
import { callUserEvent } from './user-event';
import { callWorkflowAction } from './workflow-action';

/** How each script type is called; keyed by the account's script type. */
export const ADAPTERS: Record<string, Adapter> = {
  mapreduce: callMapReduce,
  massupdate: callMassUpdate,
  restlet: callRestlet,
  scheduled: callScheduled,
  suitelet: callSuitelet,
  userevent: callUserEvent,
  workflowaction: callWorkflowAction,
};
