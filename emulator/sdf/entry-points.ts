import { outlineOf } from './returned-keys';
import { readScriptHeader, type HeaderFault } from './script-header';

/** Entry points by type of script object (pages section_4527904430, chapter_4387172495). */
const ENTRY_POINTS: Record<string, readonly string[]> = {
  restlet: ['get', 'post', 'put', 'delete'],
  usereventscript: ['beforeLoad', 'beforeSubmit', 'afterSubmit'],
  mapreducescript: ['getInputData', 'map', 'reduce', 'summarize'],
  scheduledscript: ['execute'],
  suitelet: ['onRequest'],
  massupdatescript: ['each'],
  workflowactionscript: ['onAction'],
  portlet: ['render'],
  clientscript: ['pageInit', 'saveRecord', 'validateField', 'fieldChanged', 'postSourcing', 'lineInit', 'validateLine'],
};

const MUST_IMPLEMENT = {
  code: 'SCRIPT_OF_API_VERSION_20_MUST_IMPLEMENT_A_SCRIPT_TYPE_INTERFACE',
  message: 'SuiteScript 2.0 entry point scripts must implement one script type function.',
};
const MORE_THAN_ONE = {
  code: 'SCRIPT_OF_API_VERSION_20_CANNOT_IMPLEMENT_MORE_THAN_ONE_SCRIPT_TYPE_INTERFACES',
  message: 'SuiteScript 2.0 entry point scripts cannot implement functions for more than one script type.',
};

/**
 * Why NetSuite would refuse the entry points of `source` (page section_4503568059), as far as its text says what they are: a file that only
 * running would tell about is let through.
 */
export function entryPointFault(source: string, objectType: string): HeaderFault | undefined {
  const own = ENTRY_POINTS[objectType];
  const outline = own && outlineOf(source);
  if (!outline) return undefined;
  const { defines, keys } = outline;
  if (defines.length > 1) {
    const lines = defines.join(', ');
    return {
      code: 'MULTIPLE_DEFINE_CALLS',
      message: `Invalid define call, define should only be called one time per module. Define calls found at the following line numbers: ${lines}`,
    };
  }
  if (!keys) return undefined;
  const foreign = Object.values(ENTRY_POINTS)
    .filter((points) => points !== own)
    .flatMap((points) => points.filter((point) => keys.includes(point)));
  if (own.some((point) => keys.includes(point)))
    return foreign.length > 0 ? MORE_THAN_ONE : isComplete(objectType, keys) ? undefined : MUST_IMPLEMENT;
  if (foreign.length === 0) return MUST_IMPLEMENT;
  const type = readScriptHeader(source).scriptType ?? '';
  return {
    code: 'WRONG_SCRIPT_TYPE',
    message: `Script file includes @NScriptType ${type}; this script type cannot be used to ${foreign.join(', ')}.`,
  };
}

/** A Map/Reduce script needs getInputData, and map or reduce (page section_4685231336). */
const isComplete = (objectType: string, keys: string[]): boolean =>
  objectType !== 'mapreducescript' ||
  (keys.includes('getInputData') && (keys.includes('map') || keys.includes('reduce')));
