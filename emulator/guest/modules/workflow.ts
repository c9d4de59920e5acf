import type { Json, ModuleFactory } from '../types';
import { isObject, requireArguments, type Options } from './arguments';

/** N/workflow (page section_4341719790): workflows are not run, each request for one stands in the task ledger. */
export const createWorkflowModule: ModuleFactory = (guest) => {
  const start = (api: string, needed: string[]) => (options: Options) => {
    requireArguments(`workflow.${api}`, options ?? {}, needed);
    const text = (name: string): Json =>
      options[name] === undefined || options[name] === null ? null : String(options[name]);
    const defaultValues = isObject(options.defaultValues)
      ? (JSON.parse(JSON.stringify(options.defaultValues)) as Json)
      : {};
    const sent = {
      recordType: text('recordType'),
      recordId: text('recordId'),
      workflowId: text('workflowId'),
      actionId: text('actionId'),
      defaultValues,
    };
    return guest.syscall<number>('workflow.start', { api: `workflow.${api}`, ...sent });
  };
  return {
    initiate: start('initiate', ['recordType', 'recordId', 'workflowId']),
    trigger: start('trigger', ['recordId', 'workflowId']),
  };
};
