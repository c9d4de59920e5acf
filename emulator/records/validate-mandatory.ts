import mandatoryFields from '../data/mandatory-fields.json';
import type { Account, RecordData, TypeMeta, Value } from '../kernel/types';
import { mandatoryOnForm } from './custom-forms';
import { derivedMeta } from './derived-meta';
import { mandatory, userError } from './faults';
import type { Validation } from './validation';

interface Demands {
  fields: string[];
  /** Only when the feature is on. */
  features?: Record<string, string[]>;
  /** At least one line in one of these sublists. */
  lines?: string[];
}

const DEMANDS = mandatoryFields as Record<string, Demands>;
const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Individuals need a last name, companies a company name; the form swaps the two. */
function demandOf(id: string, isPerson: boolean): string {
  return id === 'companyname' && isPerson ? 'lastname' : id;
}

/** What the type itself demands. A record that already lacks it (a seed) may be edited without. */
function demandedByType({ account, meta, record, old }: Validation): string[] {
  const own = DEMANDS[meta.id] ?? DEMANDS[`*${meta.group}`];
  const fields = [...(own?.fields ?? [])];
  for (const [feature, ids] of Object.entries(own?.features ?? {})) if (account.feature(feature)) fields.push(...ids);
  const isPerson = record.fields.isperson === true;
  return fields.map((id) => demandOf(id, isPerson)).filter((id) => !old || !isEmpty(old.fields[id]));
}

function demanded(validation: Validation): string[] {
  const { account, meta, record } = validation;
  const custom = derivedMeta(account, meta).requiredCustom.map((field) => field.id);
  return [...new Set([...demandedByType(validation), ...custom, ...mandatoryOnForm(account, record)])];
}

/** Fields that a form shows only while a feature is on. */
const FEATURE_FIELDS: Record<string, string> = {
  subsidiary: 'SUBSIDIARIES',
  currency: 'MULTICURRENCY',
  location: 'LOCATIONS',
  department: 'DEPARTMENTS',
  class: 'CLASSES',
};

export interface FormDemands {
  /** What a new record of the type needs on the form. */
  demanded: string[];
  /** Fields that the account does not have, so that nobody can demand them. */
  absent: string[];
}

/** For Field.isMandatory. */
export function demandsOfForm(account: Account, meta: TypeMeta, form: string): FormDemands {
  const fields = form === '' ? {} : { customform: form };
  const blank = { type: meta.id, id: null, externalId: null, version: 0, sublists: {}, subrecords: {} };
  const record: RecordData = { ...blank, fields };
  const absent = Object.entries(FEATURE_FIELDS).filter(([, feature]) => !account.feature(feature));
  return {
    demanded: demanded({ account, meta, record, old: undefined, ignoreMandatory: false, changed: null }),
    absent: absent.map(([field]) => field),
  };
}

/** Fields that the type or the record's form demands; the error lists the labels of all that are empty. */
export function validateMandatory(validation: Validation): void {
  const { meta, record, ignoreMandatory } = validation;
  if (ignoreMandatory) return;
  const missing = demanded(validation).filter((id) =>
    id === 'externalid' ? !record.externalId : isEmpty(record.fields[id]),
  );
  if (missing.length > 0) throw mandatory(missing.map((id) => meta.fields[id]?.label ?? id));
  requireColumns(validation);
  const lines = DEMANDS[meta.id]?.lines;
  const without = (one: RecordData): boolean => !lines?.some((sublist) => (one.sublists[sublist] ?? []).length > 0);
  if (lines && without(record) && !(validation.old && without(validation.old))) {
    throw userError('You must enter at least one line item for this transaction.');
  }
}

function requireColumns({ account, meta, record }: Validation): void {
  for (const [sublist, required] of Object.entries(derivedMeta(account, meta).requiredColumns)) {
    for (const line of record.sublists[sublist] ?? []) {
      const missing = required.filter((field) => isEmpty(line.fields[field.id]));
      if (missing.length > 0) throw mandatory(missing.map((field) => field.label));
    }
  }
}
