import type { Account } from '../../kernel/types';
import { unsupportedSearch } from '../../search/errors';
import type { ColumnDefinition } from '../../search/types';

const KNOWN: Record<string, string> = {
  internalid: 'Internal ID',
  externalid: 'External ID',
  formulatext: 'Formula (Text)',
  formulanumeric: 'Formula (Numeric)',
  formuladate: 'Formula (Date)',
  formuladatetime: 'Formula (Date/Time)',
  formulacurrency: 'Formula (Currency)',
  formulapercent: 'Formula (Percent)',
};

/**
 * The header of an exported column: its label, else that of the field. What headers joined and summarized columns without a label have, no page
 * tells: they are refused by name.
 */
export function columnHeader(account: Account, type: string, column: ColumnDefinition): string {
  if (column.label) return column.label;
  const { name, join, summary } = column;
  const summarized = summary !== undefined && !/^group$/i.test(summary);
  const header = join || summarized ? undefined : (KNOWN[name.toLowerCase()] ?? fieldLabel(account, type, name));
  if (header === undefined)
    throw unsupportedSearch(`The header of the exported column ${join ? `${join}.` : ''}${name}, which has no label,`);
  return header;
}

function fieldLabel(account: Account, type: string, name: string): string | undefined {
  const own = account.registry.type(type);
  const group = own?.group ?? type;
  const types = own ? [own] : [];
  types.push(...account.registry.types().filter((meta) => meta.group === group));
  for (const { fields } of types) if (fields[name]?.label) return fields[name].label;
  for (const { sublists } of types)
    for (const { fields } of Object.values(sublists)) if (fields[name]?.label) return fields[name].label;
  return undefined;
}
