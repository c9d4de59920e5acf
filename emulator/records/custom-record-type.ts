import type { FieldMeta, TypeMeta } from '../kernel/types';

/** What every custom record type has beside its own fields (Oracle's records reference, "custom record"). */
const STANDARD_FIELDS: FieldMeta[] = [
  { id: 'name', label: 'Name', type: 'text', inlineEditable: true, maxLength: 300 },
  { id: 'altname', label: 'Name', type: 'text', maxLength: 300 },
  { id: 'autoname', label: 'Auto', type: 'checkbox' },
  { id: 'customform', label: 'Custom Form', type: 'select' },
  { id: 'externalid', label: 'External ID', type: 'text', maxLength: 255 },
  { id: 'isinactive', label: 'Inactive', type: 'checkbox', inlineEditable: true },
  { id: 'owner', label: 'Owner', type: 'select', selectType: 'employee', inlineEditable: true },
  { id: 'parent', label: 'Parent', type: 'select' },
  { id: 'created', label: 'Date Created', type: 'datetime', readOnly: true },
  { id: 'lastmodified', label: 'Last Modified', type: 'datetime', readOnly: true },
  { id: 'lastmodifiedby', label: 'Last Modified By', type: 'select', selectType: 'entity', readOnly: true },
  { id: 'recordid', label: 'ID', type: 'integer', readOnly: true },
  { id: 'rectype', label: 'Record Type', type: 'integer', readOnly: true },
  { id: 'scriptid', label: 'Script ID', type: 'text' },
];

/** Completes a custom record type as its declaration (SDF, control API) leaves it. Fields it declares itself win. */
export function withCustomRecordFields(meta: TypeMeta): TypeMeta {
  const fields: Record<string, FieldMeta> = {};
  for (const field of STANDARD_FIELDS) {
    fields[field.id] = field.id === 'parent' ? { ...field, selectType: meta.id } : { ...field };
  }
  return { ...meta, fields: { ...fields, ...meta.fields } };
}
