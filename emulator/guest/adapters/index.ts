import type { Adapter } from '../types';

/** Evaluated at its first call, like the modules: an execution needs one of these files. */
declare const require: (path: string) => unknown;

const made = <K extends string>(file: unknown, name: K): Adapter => (file as Record<K, Adapter>)[name];

/** How each script type is called, by the account's script type. */
export function adapterOf(scriptType: string): Adapter | undefined {
  switch (scriptType) {
    case 'mapreduce':
      return made(require('./map-reduce'), 'callMapReduce');
    case 'massupdate':
      return made(require('./mass-update'), 'callMassUpdate');
    case 'restlet':
      return made(require('./restlet'), 'callRestlet');
    case 'scheduled':
      return made(require('./scheduled'), 'callScheduled');
    case 'suitelet':
      return made(require('./suitelet'), 'callSuitelet');
    case 'userevent':
      return made(require('./user-event'), 'callUserEvent');
    case 'workflowaction':
      return made(require('./workflow-action'), 'callWorkflowAction');
    default:
      return undefined;
  }
}
