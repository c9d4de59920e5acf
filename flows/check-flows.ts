import { isTax } from '../contract';
import { transformNames } from './apply-transforms';
import { fieldRefused, isOfTheBooks } from './books';
import { choicesProblem } from './check-choices';
import { cadenceProblem } from './due-at';
import { subsidiaryRulesProblem } from './check-subsidiary-rules';
import { FlowDefinitionError, type FlowIssue } from './flow-definition-error';
import type { FieldMap, Flow, TransformUse } from './flow-schema';
import type { Transform } from './types';
import { nearestName } from './nearest-name';

/** Every rule over a set of flows; throws `FlowDefinitionError` with all that is wrong. */
export function checkFlows(flows: readonly Flow[], transforms: Readonly<Record<string, Transform>>): void {
  const enabled = flows.filter((flow) => flow.enabled);
  const issues = [
    ...flows.flatMap((flow) => [
      ...checkIds(flow, flows),
      ...checkTransforms(flow, transforms),
      ...checkTargets(flow),
      ...checkFile(flow),
      ...checkLinkBack(flow),
      ...checkOwners(flow),
      ...checkCadence(flow),
      ...checkChoices(flow),
    ]),
    ...checkDoubleOwners(enabled),
    ...enabled.flatMap((flow) => checkReverse(flow, enabled)),
  ];
  if (issues.length > 0) throw new FlowDefinitionError(issues);
}

function checkIds(flow: Flow, flows: readonly Flow[]): FlowIssue[] {
  return flows.filter((other) => other.id === flow.id).length > 1
    ? [{ flow: flow.id, path: 'id', message: 'is used by two flows; give each its own' }]
    : [];
}

const allFields = (flow: Flow): { map: FieldMap; at: string }[] => [
  ...flow.fields.map((map) => ({ map, at: `fields.${map.to}` })),
  ...flow.lines.flatMap((lines) => lines.fields.map((map) => ({ map, at: `lines.${lines.sublist}.fields.${map.to}` }))),
];

const checkChoices = (flow: Flow): FlowIssue[] =>
  usesOf(flow).flatMap(({ at, use }) => {
    const makesOptions = flow.direction === 'toCrm' && flow.crm !== 'salesforce';
    const message = subsidiaryRulesProblem(use) ?? choicesProblem(use, makesOptions);
    return message === null ? [] : [{ flow: flow.id, path: at, message }];
  });

const usesOf = (flow: Flow): { at: string; use: TransformUse | undefined }[] => [
  { at: 'key', use: flow.key.transform },
  ...flow.match.map((rule) => ({ at: `match.${rule.field}`, use: rule.transform })),
  ...flow.requires.map((rule) => ({ at: `requires.${rule.recordType}`, use: rule.transform })),
  ...flow.attachTo.map((rule) => ({ at: `attachTo.${rule.recordType}`, use: rule.transform })),
  ...flow.lines.map((lines) => ({ at: `lines.${lines.sublist}.key`, use: lines.keyTransform })),
  ...allFields(flow).map(({ map, at }) => ({ at, use: map.transform })),
];

function checkTransforms(flow: Flow, transforms: Readonly<Record<string, Transform>>): FlowIssue[] {
  return usesOf(flow).flatMap(({ at, use }) =>
    transformNames(use)
      .filter((name) => !Object.hasOwn(transforms, name))
      .map((name) => ({
        flow: flow.id,
        path: `${at}.transform`,
        message: `there is no transform "${name}"${meant(name, transforms)}. Known: ${Object.keys(transforms).sort().join(', ')}`,
      })),
  );
}

function meant(name: string, transforms: object): string {
  const near = nearestName(name, Object.keys(transforms));
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

/** What NetSuite computes, and the books, are nobody's to map onto; and tax leaves NetSuite as little as it enters it. */
function checkTargets(flow: Flow): FlowIssue[] {
  const { id, direction, recordType, reviewOnly } = flow;
  if (direction === 'toCrm')
    return allFields(flow)
      .filter(({ map }) => pathsOf(map).some((path) => isTax(path.split('.').at(-1)!)))
      .map(({ map, at }) => ({
        flow: id,
        path: at,
        message: `${pathsOf(map).join(', ')} is tax, which stays in NetSuite; remove it from the flow. The total with tax may be shown`,
      }));
  const books: FlowIssue[] =
    isOfTheBooks(recordType) && !reviewOnly
      ? [
          {
            flow: id,
            path: 'recordType',
            message: `a CRM does not write ${recordType}: it belongs to the books. Set reviewOnly: true, so that a person decides`,
          },
        ]
      : [];
  const fields = allFields(flow).flatMap(({ map, at }) => {
    const refused = fieldRefused(map.to);
    return refused === null ? [] : [{ flow: id, path: at, message: `${map.to} ${refused}; remove it from the flow` }];
  });
  return [...books, ...fields];
}

/** A file without content, or content without a file, would be noticed only when the first record comes. */
function checkFile({ id, direction, recordType, file, attachTo }: Flow): FlowIssue[] {
  const issue = (path: string, message: string): FlowIssue[] => [{ flow: id, path, message }];
  if (file === undefined)
    return recordType === 'file' && direction === 'toNetSuite'
      ? issue('file', 'says where the content comes from: file: { content, bytes }')
      : attachTo.length > 0
        ? issue(
            'attachTo',
            'is for flows to recordType: file alone; another record refers to what it belongs to by a field',
          )
        : [];
  return recordType === 'file' ? [] : issue('file', `is for recordType: file, and this is ${recordType}`);
}

/** What creates by change events is asked to create again after a crash: it must find what it made. */
function checkLinkBack({ id, direction, linkBack, create, match, source }: Flow): FlowIssue[] {
  if (linkBack === undefined || source !== undefined) return [];
  const issue = (path: string, message: string): FlowIssue[] => [{ flow: id, path, message }];
  if (direction !== 'toCrm' || !create) return issue('linkBack', 'is for flows towards a CRM with create: true');
  return match.some(({ strength }) => strength === 'exact')
    ? []
    : issue(
        'match',
        'says by which field a record is found that was made before: match: [{ field: NetSuite_Internal_ID__c, from: internalId, strength: exact }]',
      );
}

function checkCadence({ id, cadence }: Flow): FlowIssue[] {
  const message = cadenceProblem(cadence);
  return message === null ? [] : [{ flow: id, path: 'cadence.cron', message }];
}

function checkOwners(flow: Flow): FlowIssue[] {
  return allFields(flow).flatMap(({ map, at }) => {
    const issue = (message: string): FlowIssue[] => [{ flow: flow.id, path: at, message }];
    const sources = [map.from, map.constant, map.setting].filter((source) => source !== undefined).length;
    if (sources !== 1) return issue('give exactly one of from, constant, setting');
    if (map.write === 'whileStage' && typeof map.owner === 'string' && !map.stages?.length) {
      return issue('whileStage needs stages: the lifecycle stages in which it may be written');
    }
    if (flow.direction === 'toCrm' && map.owner === 'crm') {
      return issue('the CRM owns it, so NetSuite does not write it there; change the owner or remove the field');
    }
    if (flow.direction === 'toNetSuite' && map.owner === 'netsuite' && !['onCreate', 'ifEmpty'].includes(map.write)) {
      return issue('NetSuite owns it: the CRM may only give a first value, with write: onCreate or ifEmpty');
    }
    return [];
  });
}

interface Claim {
  flow: string;
  path: string;
}

/** One field, one writer for ever: two flows of one CRM object that both keep a field, or the two directions of a pair. */
function checkDoubleOwners(flows: readonly Flow[]): FlowIssue[] {
  const claims = new Map<string, Claim>();
  const issues: FlowIssue[] = [];
  for (const flow of flows) {
    for (const { map, at } of allFields(flow)) {
      const claim = claimOf(flow, map, at);
      if (claim === null) continue;
      const first = claims.get(claim);
      if (!first) claims.set(claim, { flow: flow.id, path: at });
      else if (
        !gatesExclude(
          flow,
          flows.find(({ id }) => id === first.flow)!,
        )
      ) {
        issues.push({
          flow: flow.id,
          path: at,
          message: `already belongs to flow ${first.flow} (${first.path}); a field has one owner: remove it from one of them`,
        });
      }
    }
  }
  return issues;
}

/** Two flows of one object may share a field when no record passes both gates. */
function gatesExclude(one: Flow, two: Flow): boolean {
  return (one.gate ?? []).some((mine) =>
    (two.gate ?? []).some(
      (theirs) =>
        JSON.stringify(mine.from) === JSON.stringify(theirs.from) &&
        ((mine.present !== undefined && theirs.present !== undefined && mine.present !== theirs.present) ||
          (mine.equals !== undefined && theirs.equals !== undefined && mine.equals !== theirs.equals)),
    ),
  );
}

function claimOf(flow: Flow, map: FieldMap, at: string): string | null {
  const onlyOnce = map.write === 'onCreate' || map.write === 'ifEmpty' || map.owner === 'relay';
  const place = at.slice(0, at.length - map.to.length);
  if (flow.direction === 'toNetSuite')
    return onlyOnce ? null : `${flow.crm}|${flow.object}|${flow.recordType}|${place}${map.to}`;
  // A first value is no claim: whoever owns the field goes on with it.
  if (map.write === 'onCreate') return null;
  return `${flow.crm}|toCrm|${flow.object}|${place}${map.to}`;
}

const pathsOf = (map: FieldMap): readonly string[] => (map.from === undefined ? [] : [map.from].flat());

/**
 * A flow that writes back into what another one reads makes both sides writers of one value. It loads only when each such field changes
 * its owner by stage in both flows alike, and somebody has put a name under the conflict rules.
 */
function checkReverse(flow: Flow, flows: readonly Flow[]): FlowIssue[] {
  if (flow.direction !== 'toCrm') return [];
  const there = flows.filter(
    ({ direction, crm, object, recordType }) =>
      direction === 'toNetSuite' && crm === flow.crm && object === flow.object && recordType === flow.recordType,
  );
  return flow.fields.flatMap((back) => {
    // The first value of a record that the flow itself creates makes nobody a second writer.
    if (back.write === 'onCreate') return [];
    const forth = there.flatMap(({ fields }) =>
      fields.filter((map) => map.write !== 'onCreate' && pathsOf(map).includes(back.to)),
    )[0];
    if (!forth) return [];
    const at = { flow: flow.id, path: `fields.${back.to}` };
    if (typeof back.owner === 'string' || JSON.stringify(back.owner) !== JSON.stringify(forth.owner)) {
      const message = `flows both ways (${forth.to}): give it the same owner by stage in both flows, { crmWhile: [LEAD, PROSPECT], then: netsuite }`;
      return [{ ...at, message }];
    }
    if (flow.conflictRules) return [];
    const message =
      'flows both ways: read docs/ownership.md, agree who wins when, then set conflictRules: { confirmedBy, confirmedOn } on this flow';
    return [{ ...at, message }];
  });
}
