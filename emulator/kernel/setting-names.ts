/** Settings for what no source confirms, by name; docs/emulator.md tells what each means. They are taken in the map `settings` and at the top level. */
export const NAMED_SETTINGS = [
  'audienceRefusedStatus',
  'cpuLimitError',
  'cpuLimitMs',
  'enabledLocales',
  'exportedCheckboxes',
  'httpsConnectMs',
  'httpsTotalMs',
  'installedBundles',
  'installedSuiteApps',
  'limitErrorStatus',
  'lockedRecordCode',
  'logCallsPerHour',
  'loginRefusedStatus',
  'loginSyntaxStatus',
  'malformedJsonCode',
  'malformedXmlCode',
  'mapReducePersistedBytes',
  'memoryLimitMb',
  'missingContentTypeStatus',
  'nativeErrorCode',
  'noIdleDeploymentError',
  'preference2xAs21',
  'restLimitErrorCode',
  'restletHost',
  'restletParamsIncludeScript',
  'schedules',
  'searchNeedsPermission',
  'softOvershoot',
  'submitFieldsBilling',
  'suiteletErrorStatus',
  'suiteletsShareLimit',
  'suiteqlLineSigns',
  'suiteqlWith',
  'transformBilledBy',
  'userEventTimeCounts',
] as const;
export type NamedSetting = (typeof NAMED_SETTINGS)[number];

/** What `settings.records` may hold (records/options.ts). */
export const RECORD_OPTIONS = [
  'allowOverage',
  'autoNumber',
  'checkStates',
  'customFieldsInlineEditable',
  'duplicateExternalId',
  'invoiceInAdvance',
  'refuseInactiveItems',
  'refuseNegativeQuantity',
  'refuseUnknownForms',
  'salesOrderStatus',
  'uniqueNames',
] as const;
export type RecordOption = (typeof RECORD_OPTIONS)[number];

/** Maps that `settings` may hold beside them: options of the record engine, fields of N/config pages. */
const NESTED = ['records', 'configuration'];

/** What a place of the configuration may hold; `top` are the names of the configuration itself. */
function namesAt(place: string, top: readonly string[]): readonly string[] | undefined {
  if (place === '') return [...top, ...NAMED_SETTINGS];
  if (place === 'settings') return [...NAMED_SETTINGS, ...NESTED];
  return place === 'settings.records' ? RECORD_OPTIONS : undefined;
}

/** Why a name is none that the place knows: a setting that is misspelt, or stands elsewhere, would do nothing without a word. */
export function nameFault(place: string, name: string, top: readonly string[]): string | undefined {
  const known = namesAt(place, top);
  if (!known || known.includes(name)) return undefined;
  const like = known.find((each) => each.toLowerCase() === name.toLowerCase());
  const elsewhere = ['', 'settings', 'settings.records'].find((other) => namesAt(other, top)?.includes(name));
  const hint =
    like !== undefined
      ? `did you mean ${like}?`
      : elsewhere !== undefined
        ? `it belongs ${elsewhere === '' ? 'at the top level' : `under ${elsewhere}`}.`
        : `known are ${[...known].sort().join(', ')}.`;
  return `${place === '' ? '' : `${place}.`}${name} is no setting: ${hint}`;
}
