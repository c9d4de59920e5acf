import { groupOf, type DirectRecord } from '../contract';
import { applyTransforms } from './apply-transforms';
import { buildExternalId } from './external-id';
import type { Flow } from './flow-schema';
import { mapAddressBook, mapTransactionAddresses } from './map-addresses';
import { mapAttachments, mapFile } from './map-file';
import { mapFields, type WireFields } from './map-fields';
import { mapLines } from './map-lines';
import { atField, MapProblemError, problemAt } from './map-problem-error';
import { isInForce, meetsGate, takesOnlyNeeded } from './meets-gate';
import { pathName, readPath } from './read-path';
import { toDecimal } from './transforms/money';
import { toSfId18 } from './transforms/sf-id';
import { usableId } from './usable-id';
import type { MapContext, MapOutcome, MapWarning, TransformContext } from './types';

type Requirement = NonNullable<DirectRecord['requires']>[number];
type Match = NonNullable<DirectRecord['key']['match']>[number];

/**
 * What one flow makes of one record of its CRM, as the CRM's REST API returns it. Never throws for bad data: a record that can't be
 * mapped is an outcome with the field, the reason and the remedy.
 */
export function mapRecord(flow: Flow, record: unknown, mapContext: MapContext): MapOutcome {
  const warnings: MapWarning[] = [];
  const context: TransformContext = { ...mapContext, record, warn: (warning) => warnings.push(warning) };
  const rawId = readPath(record, flow.key.from).value;
  const ownId = flow.key.ownId === undefined ? undefined : readPath(record, flow.key.ownId).value;
  const rawText = fullId(flow, textOf(rawId));
  const known = { crmId: fullId(flow, textOf(ownId)) ?? rawText, externalId: null as string | null };
  try {
    const closed = meetsGate(flow.gate, record, context.settings);
    const id = idOf(flow, textOf(rawId) ?? rawId ?? null, context);
    known.externalId = usableId(pathName(flow.key.from), buildExternalId(flow.key.prefix, id, context.settings));
    if (closed !== null) return { kind: 'ignored', flow, ...known, reason: closed };
    if (flow.reviewOnly) throw decisionNeeded(flow);
    // Of a list, such as the associations that lead to another record, the transform has chosen the one.
    const operation = buildOperation(flow, record, rawText ?? id, known.externalId, context);
    const onlyNeeded = takesOnlyNeeded(flow.gate, context.settings);
    const result = { flow, ...known, crmId: known.crmId ?? id, operations: [operation], warnings };
    return { kind: 'operations', ...result, ...(onlyNeeded ? { onlyNeeded } : {}) };
  } catch (error) {
    if (!(error instanceof MapProblemError)) throw error;
    return { kind: 'problem', flow, ...known, problem: error.problem };
  }
}

const textOf = (id: unknown): string | null => (typeof id === 'string' || typeof id === 'number' ? String(id) : null);

/** The id under which everything of the record is kept: Salesforce's short form would be another one. */
const fullId = ({ crm }: Flow, id: string | null): string | null =>
  crm === 'salesforce' && id !== null && /^[a-zA-Z0-9]{15}$/.test(id) ? toSfId18(id) : id;

/** What belongs to the books is asked for, never written. */
const decisionNeeded = (flow: Flow): MapProblemError =>
  problemAt(
    pathName(flow.key.from),
    'NEEDS_DECISION',
    `${flow.object} asks for a ${flow.recordType}: that is for a person in finance to make.`,
    `Make the ${flow.recordType} in NetSuite if it is right, then resolve this.`,
  );

function idOf(flow: Flow, rawId: unknown, context: TransformContext): string {
  const name = pathName(flow.key.from);
  const id = atField(name, () => applyTransforms(rawId, flow.key.transform, context));
  if (typeof id === 'string' && id !== '') return id;
  throw problemAt(
    name,
    'INVALID_CRM_ID',
    `${name} is missing: without it the record has no identity.`,
    `Send the record with its ${name}.`,
  );
}

function buildOperation(
  flow: Flow,
  record: unknown,
  crmId: string,
  externalId: string,
  context: TransformContext,
): DirectRecord {
  const { fields, complete } = mapFields(flow.fields, record, context);
  const sublists: NonNullable<DirectRecord['sublists']> = {};
  let whole = complete;
  for (const map of flow.lines) {
    const lines = mapLines(map, record, context);
    if (lines) sublists[map.sublist] = lines;
    else whole = false;
  }
  const subrecords = mapAllAddresses(flow, record, context, sublists);
  const match = matchesOf(flow, record, fields, context);
  const attachTo = mapAttachments(flow, record, context);
  const requires = [...requirementsOf(flow, record, context), ...attachTo];
  const customForm = formOf(flow, record, context);
  return {
    recordType: flow.recordType,
    action: flow.action,
    key: { externalId, crmId, ...storedIdOf(flow, record), ...(match.length > 0 ? { match } : {}) },
    ...(customForm ? { customForm } : {}),
    fields,
    ...(Object.keys(sublists).length > 0 ? { sublists } : {}),
    ...(Object.keys(subrecords).length > 0 ? { subrecords } : {}),
    ...(requires.length > 0 ? { requires } : {}),
    // Where the record is one of several that name the file, another one may attach it to more.
    full: whole && (flow.file === undefined || flow.key.ownId === undefined),
    ...mapFile(flow, record, context),
    ...(attachTo.length > 0 ? { attachTo } : {}),
    ...expectedTotalOf(flow, record),
    ...(flow.afterApproval && isInForce(flow.afterApproval.when, context.settings)
      ? { afterApproval: { allow: flow.afterApproval.allow } }
      : {}),
    ...(flow.addCurrency ? { addCurrency: true } : {}),
  };
}

/** The internal id as the CRM has stored it; what can be none, because somebody typed over it, counts for nothing. */
function storedIdOf({ key }: Flow, record: unknown): Pick<DirectRecord['key'], 'internalId'> {
  const stored = key.internalId === undefined ? null : textOf(readPath(record, key.internalId).value);
  return stored !== null && /^[1-9]\d*$/.test(stored) ? { internalId: stored } : {};
}

/** The CRM's total as it is there; a total it does not know can't be compared. */
function expectedTotalOf({ expectedTotal }: Flow, record: unknown): Pick<DirectRecord, 'expectedTotal'> {
  if (!expectedTotal) return {};
  const { value } = readPath(record, expectedTotal.from);
  if (value === undefined || value === null) return {};
  const amount = atField(pathName(expectedTotal.from), () => toDecimal(value)).toFixed();
  return { expectedTotal: { amount, of: expectedTotal.of, whenDifferent: expectedTotal.whenDifferent } };
}

function mapAllAddresses(
  flow: Flow,
  record: unknown,
  context: TransformContext,
  sublists: NonNullable<DirectRecord['sublists']>,
): NonNullable<DirectRecord['subrecords']> {
  if (flow.addresses.length === 0) return {};
  if (groupOf(flow.recordType) === 'transaction') return mapTransactionAddresses(flow.addresses, record, context);
  const book = mapAddressBook(flow.addresses, record, context);
  if (book) sublists['addressbook'] = book;
  return {};
}

function matchesOf(flow: Flow, record: unknown, fields: WireFields, context: TransformContext): Match[] {
  return flow.match.flatMap((rule) => {
    const { value } = readPath(record, rule.from);
    const wanted = atField(pathName(rule.from), () => applyTransforms(value ?? null, rule.transform, context));
    if (typeof wanted !== 'string' || wanted === '') return [];
    const within: NonNullable<Match['within']> = {};
    for (const name of rule.within ?? []) {
      const field = fields[name];
      if (field?.ref) within[name] = field.ref;
      else if (typeof field?.value === 'string') within[name] = field.value;
      // Without what narrows it, the value would match across all customers.
      else return [];
    }
    const narrowed = Object.keys(within).length > 0 ? { within } : {};
    return [{ field: rule.field, value: wanted, strength: rule.strength, ...narrowed }];
  });
}

function requirementsOf(flow: Flow, record: unknown, context: TransformContext): Requirement[] {
  return flow.requires.flatMap((rule) => {
    const name = pathName(rule.from);
    const { value } = readPath(record, rule.from);
    const id = atField(name, () => applyTransforms(value ?? null, rule.transform, context));
    if (typeof id === 'string' && id !== '') {
      const externalId = usableId(name, buildExternalId(rule.prefix, id, context.settings));
      return [{ recordType: rule.recordType, externalId }];
    }
    if (!rule.mandatory) return [];
    throw problemAt(
      name,
      'MISSING_REQUIRED_RECORD',
      `${name} is empty: there is no ${rule.recordType} to write the ${flow.recordType} for.`,
      `Set ${name} in the CRM.`,
    );
  });
}

/** Value of a form's setting that chooses, knowingly, what NetSuite prefers for the role. */
export const PREFERRED_FORM = 'preferred';

function formOf(flow: Flow, record: unknown, context: TransformContext): string | null {
  const { customForm } = flow;
  if (!customForm) return null;
  const own = customForm.from === undefined ? null : readPath(record, customForm.from).value;
  if (typeof own === 'string') return own;
  const configured = customForm.setting === undefined ? undefined : context.settings[customForm.setting];
  return configured === undefined || configured === PREFERRED_FORM ? null : String(configured);
}
