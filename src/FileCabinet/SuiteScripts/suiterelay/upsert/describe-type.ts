import type { DescribeType } from '../../../../../contract/describe';
import { inlineFields } from './inline-fields';
import { FoundRecords } from './found-records';
import type { Queries } from './ports';
import { recordBranch } from './prefetch-records';
import { tableOf } from './record-tables';
import { readBranches } from './sql-branches';
import { stampFields } from './stamps';
import type { Kind } from './normalise';

/** Fields that the shipped flows compare; describe tells which of them this account and role can query. */
const COMPARED: Readonly<Record<string, string>> = {
  customer:
    'companyname entityid isperson firstname lastname email phone fax url comments accountnumber currency terms salesrep parent category isinactive',
  contact: 'entityid firstname lastname salutation title email phone mobilephone company isinactive comments',
  salesorder:
    'entity trandate currency memo otherrefnum terms salesrep orderstatus shipdate startdate enddate opportunity',
  estimate: 'entity trandate currency memo otherrefnum duedate salesrep',
  opportunity: 'entity trandate currency title probability expectedclosedate salesrep',
};

/** What the prefetch will find out about a type, tried with one query that matches nothing. */
export function describeType(recordType: string, queries: Queries, mandatory: Record<string, string[]>): DescribeType {
  if (recordType === 'file') {
    const none = { columns: [], notQueryable: [], inlineEditable: [] };
    return { query: queries.mode(), stamp: 'ledger', mandatory, ...none };
  }
  const fields = (COMPARED[recordType] ?? '').split(' ').filter((field) => field !== '');
  const found = new FoundRecords();
  const kinds = new Map<string, Kind>(fields.map((field) => [field, 'plain']));
  readBranches(queries, [recordBranch({ recordType, externalIds: ['-'], internalIds: [], crmIds: [] }, kinds, found)]);
  const hidden = tableOf(recordType).hidden ?? [];
  return {
    query: queries.mode(),
    stamp: stampFields(recordType) === null ? 'ledger' : 'fields',
    columns: fields.filter((field) => !found.notQueryable.has(field)),
    notQueryable: [...new Set([...hidden, ...found.notQueryable])],
    mandatory,
    inlineEditable: [...inlineFields(recordType)],
  };
}
