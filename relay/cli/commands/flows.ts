import type { Command } from 'commander';
import { ownershipMarkdown } from '../../../flows';
import type { Flow } from '../../../flows';
import { loadConfig } from '../../config/load-config';
import { loadMapper } from '../../config/load-mapper';
import { CliError } from '../cli-error';
import { findConfigFile } from '../../config/find-config-file';
import { json, out, table } from '../print';
import { addFlowsDiff, addFlowsPromote } from './flows-promote';

export function addFlows(program: Command): void {
  const flows = program
    .command('flows [id]')
    .description('list the flows of the configuration, or show one with the owner of every field')
    .option('--config <file>', 'configuration file')
    .option('--json', 'answer as JSON')
    .option('--markdown', 'print who owns which field, as a document')
    .action((id: string | undefined, options: { config?: string; json?: boolean; markdown?: boolean }) => {
      const file = findConfigFile(options.config);
      const config = loadConfig(file);
      const { flows } = loadMapper(config, file).set(config.netsuite[0]?.account ?? '');
      if (options.markdown) out(ownershipMarkdown(flows));
      else if (id !== undefined) showFlow(flows, id, options.json ?? false);
      else if (options.json) json(flows);
      else out(table(['id', 'from', 'to', 'cadence', 'enabled', 'title'], flows.map(row)));
    });
  addFlowsDiff(flows);
  addFlowsPromote(flows);
}

function row({ id, crm, object, recordType, direction, cadence, enabled, title }: Flow): string[] {
  const ends = [`${crm} ${object}`, `netsuite ${recordType}`];
  const [from = '', to = ''] = direction === 'toNetSuite' ? ends : ends.reverse();
  return [id, from, to, cadence.kind, enabled ? 'yes' : 'no', title];
}

function showFlow(flows: readonly Flow[], id: string, asJson: boolean): void {
  const flow = flows.find((one) => one.id === id);
  if (!flow) throw new CliError(`There is no flow ${id}; \`suiterelay flows\` lists them.`);
  if (asJson) {
    json(flow);
    return;
  }
  const rows = flow.fields.map((field) => [
    field.to,
    field.from === undefined ? (field.setting ?? String(field.constant ?? '')) : [field.from].flat().join(' or '),
    typeof field.owner === 'string' ? field.owner : `crm while ${field.owner.crmWhile.join(', ')}, then netsuite`,
    field.write,
  ]);
  out(`${flow.title} (${flow.id})\n\n${table(['field', 'from', 'owner', 'write'], rows)}`);
}
