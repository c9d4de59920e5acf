/** Reads and checks what NetSuite takes from a script file itself: its JSDoc tags (Oracle pages bridgehead_4387808822, section_4503568059). */

export interface ScriptHeader {
  /** `2.0`, `2.x` or `2.1`, as written. */
  apiVersion: string | undefined;
  /** As written: `Restlet`, `UserEventScript`, … */
  scriptType: string | undefined;
  moduleScope: string | undefined;
  amdConfig: string | undefined;
}

/**
 * Each tag as the first JSDoc block that carries it has it. Where the block stands is free: JSDoc parses the source for each comment block
 * (chapter_4387175355), and scripts in use declare variables, or begin their define, above it.
 */
export function readScriptHeader(source: string): ScriptHeader {
  const tags: Record<string, string> = {};
  for (const [block] of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    for (const [, tag = '', text = ''] of block.matchAll(/@(N\w+)\s+([^\s*]+)/gi)) tags[tag.toLowerCase()] ??= text;
    if (tags.napiversion !== undefined && tags.nscripttype !== undefined) break;
  }
  return {
    apiVersion: tags.napiversion,
    scriptType: tags.nscripttype,
    moduleScope: tags.nmodulescope,
    amdConfig: tags.namdconfig,
  };
}

/** Object type → the @NScriptType its file must carry (compared without case). */
export const SCRIPT_TYPE_OF_OBJECT: Record<string, string> = {
  restlet: 'Restlet',
  usereventscript: 'UserEventScript',
  mapreducescript: 'MapReduceScript',
  scheduledscript: 'ScheduledScript',
  suitelet: 'Suitelet',
  clientscript: 'ClientScript',
  portlet: 'Portlet',
  massupdatescript: 'MassUpdateScript',
  workflowactionscript: 'WorkflowActionScript',
  bundleinstallationscript: 'BundleInstallationScript',
  sdfinstallationscript: 'SDFInstallationScript',
};

const KNOWN = [...Object.values(SCRIPT_TYPE_OF_OBJECT), 'EventSubscriber', 'CustomTool'].map((t) => t.toLowerCase());

const SCOPES = ['Public', 'SameAccount', 'TargetAccount'];

export interface HeaderFault {
  code: string;
  message: string;
}

/** Why NetSuite would refuse `source` as the entry file of an object of type `objectType`, or undefined. Texts: section_4503568059. */
export function headerFault(source: string, objectType: string): HeaderFault | undefined {
  const { apiVersion, scriptType, moduleScope } = readScriptHeader(source);
  const wanted = SCRIPT_TYPE_OF_OBJECT[objectType];
  if (!scriptType)
    return {
      code: 'MISSING_SCRIPT_TYPE',
      message: 'The @NScriptType JSDoc tag is required for 2.0 entry point scripts.',
    };
  if (!apiVersion || !/^2\.(0|1|x)$/i.test(apiVersion)) {
    return {
      code: 'INVALID_API_VERSION',
      message: 'Invalid JSDoc tag value; valid values are: @NApiVersion [2.X, 2.x, 2.0, 2.1]',
    };
  }
  if (moduleScope !== undefined && !SCOPES.some((scope) => scope.toLowerCase() === moduleScope.toLowerCase())) {
    return {
      code: 'INVALID_JSDOC_TAG_VALUE',
      message: `Invalid JSDoc tag value; valid values are: @NModuleScope [${SCOPES.join(', ')}]`,
    };
  }
  if (!KNOWN.includes(scriptType.toLowerCase())) {
    return {
      code: 'INVALID_JSDOC_TAG_VALUE',
      message: `Invalid JSDoc tag value; valid values are: @NScriptType [${Object.values(SCRIPT_TYPE_OF_OBJECT).join(', ')}]`,
    };
  }
  if (wanted && scriptType.toLowerCase() !== wanted.toLowerCase()) {
    return {
      code: 'THE_FILE_IS_USED_AS_SCRIPT_TYPE_1_CANNOT_BE_CHANGED_TO_2',
      message: `The file is used as script type ${wanted}, cannot be changed to ${scriptType}.`,
    };
  }
  return undefined;
}
