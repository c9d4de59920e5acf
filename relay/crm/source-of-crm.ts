import type { RelayConfig } from '../config/schema';
import type { CrmConfig } from '../config/schema-crm';
import type { SourceConfig } from '../config/schema-sources';

/** The source whose records a CRM holds: the one that names it, else the one of its name, else the one of its kind. */
export function sourceOfCrm(
  { sources }: Pick<RelayConfig, 'sources'>,
  crm: Pick<CrmConfig, 'name' | 'kind'>,
): SourceConfig | undefined {
  return (
    sources.find((source) => source.crm === crm.name) ??
    sources.find(({ name }) => name === crm.name) ??
    sources.find(({ kind }) => kind === crm.kind)
  );
}
