import type { FieldMap, Flow } from './flow-schema';
import { PREFERRED_FORM } from './map-record';
import type { Settings } from './types';

/** A record of the account that flows name by configuration: it has to exist before anything is sent. */
export interface NamedRecord {
  /** `subsidiary`, `term`, `item` …; `customform` for a form. */
  recordType: string;
  /** `name`, `text`, `externalId`, `internalId`, a field such as `itemid`; for a form the record type it belongs to. */
  by: string;
  value: string;
  /** Flow and place that name it, for people. */
  usedBy: string;
}

/** What the enabled flows name by setting, constant or table; values of records are no matter of configuration. */
export function namesOfFlows(flows: readonly Flow[], settings: Settings): NamedRecord[] {
  const found = flows.filter(({ enabled }) => enabled).flatMap((flow) => namesOfFlow(flow, settings));
  return [...new Map(found.map((one) => [`${one.recordType}|${one.by}|${one.value}`, one])).values()];
}

function namesOfFlow(flow: Flow, settings: Settings): NamedRecord[] {
  if (flow.direction !== 'toNetSuite') return [];
  const { id, customForm, lines } = flow;
  const form = customForm?.setting === undefined ? undefined : settings[customForm.setting];
  const forms: NamedRecord[] =
    form === undefined || form === PREFERRED_FORM
      ? []
      : [{ recordType: 'customform', by: flow.recordType, value: String(form), usedBy: `${id}.customForm` }];
  const fields = [
    ...flow.fields.map((map) => ({ map, at: `${id}.fields.${map.to}` })),
    ...lines.flatMap((list) => list.fields.map((map) => ({ map, at: `${id}.lines.${list.sublist}.fields.${map.to}` }))),
  ];
  const item = settings['discountItem'];
  const discount =
    typeof item === 'string' && lines.some((list) => list.discount?.mode === 'line')
      ? [{ recordType: 'item', by: 'itemid', value: item, usedBy: `${id}.lines (discountItem)` }]
      : [];
  return [...forms, ...fields.flatMap(({ map, at }) => namesOfField(map, at, settings)), ...discount];
}

function namesOfField(map: FieldMap, at: string, settings: Settings): NamedRecord[] {
  const { reference } = map;
  if (!reference) return [];
  const value = map.setting === undefined ? map.constant : settings[map.setting];
  const fallback = reference.fallback === undefined ? undefined : settings[reference.fallback];
  const { recordType, by } = reference;
  return [value, fallback, ...tableValues(map)]
    .filter((one): one is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof one))
    .map((one) => ({ recordType, by, value: String(one), usedBy: at }));
}

/** What a table of the flow turns values into. */
function tableValues({ transform }: FieldMap): unknown[] {
  const uses = transform === undefined ? [] : [transform].flat();
  return uses.flatMap((use) => {
    if (typeof use === 'string') return [];
    const { table, rules } = use as { table?: Record<string, unknown>; rules?: { use?: unknown }[] };
    return [...Object.values(table ?? {}), ...(Array.isArray(rules) ? rules.map((rule) => rule.use) : [])];
  });
}

/** NetSuite's own fields that name another record: a number in one is the id of that record, whether the flow calls it a reference or not. */
const NAMING: ReadonlySet<string> = new Set([
  ...[
    'entity',
    'customer',
    'company',
    'parent',
    'subsidiary',
    'currency',
    'terms',
    'salesrep',
    'entitystatus',
    'category',
  ],
  ...[
    'pricelevel',
    'price',
    'territory',
    'partner',
    'leadsource',
    'department',
    'class',
    'location',
    'item',
    'units',
    'job',
  ],
  ...[
    'shipmethod',
    'shipcarrier',
    'paymentmethod',
    'account',
    'promocode',
    'customform',
    'billingschedule',
    'employee',
  ],
]);
/** The same in every account. */
const CUSTOM_PRICE = '-1';

/** Numbers that a flow gives a field which names a record, without saying by what. */
function plainIds(flow: Flow, settings: Settings): { path: string; value: string }[] {
  if (flow.direction !== 'toNetSuite') return [];
  const maps = [
    ...flow.fields.map((map) => ({ map, path: `${flow.id}.fields.${map.to}` })),
    ...flow.lines.flatMap(({ sublist, fields }) =>
      fields.map((map) => ({ map, path: `${flow.id}.lines.${sublist}.fields.${map.to}` })),
    ),
  ];
  return maps
    .filter(({ map }) => map.reference === undefined && NAMING.has(map.to))
    .flatMap(({ map, path }) => {
      const given = map.setting === undefined ? map.constant : settings[map.setting];
      return [given, ...tableValues(map)].map((value) => ({ path, value: String(value) }));
    })
    .filter(({ path, value }) => /^-?\d+$/.test(value) && !(path.endsWith('.price') && value === CUSTOM_PRICE));
}

/** Places where a flow or setting uses an id that only one account knows. */
export function findInternalIds(flows: readonly Flow[], settings: Settings): { path: string; value: string }[] {
  const named = namesOfFlows(
    flows.map((flow) => ({ ...flow, enabled: true })),
    settings,
  );
  return [
    ...named
      .filter(({ by, value }) => by === 'internalId' || /^-?\d+$/.test(value))
      .map(({ usedBy, value }) => ({ path: usedBy, value })),
    ...flows.flatMap((flow) => plainIds(flow, settings)),
  ];
}
