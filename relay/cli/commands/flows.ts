import type { Command } from 'commander';
import { ownershipMarkdown } from '../../../flows';
import type { FieldMap, Flow, Owner } from '../../../flows';
import { loadFlowPart } from '../../config/load-flow-part';
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
      // Whoever looks at the flows needs none of the secrets.
      const config = loadFlowPart(file);
      const { flows } = loadMapper(config, file).set(config.netsuite[0]?.account ?? '');
      if (options.markdown) out(ownershipMarkdown(flows).trimEnd());
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

const ownerText = (owner: Owner): string =>
  typeof owner === 'string' ? owner : `crm while ${owner.crmWhile.join(', ')}, then netsuite`;

const fieldRow = ({ to, from, setting, constant, owner, write }: FieldMap, place: string): string[] => [
  place + to,
  from === undefined ? (setting ?? String(constant ?? '')) : [from].flat().join(' or '),
  ownerText(owner),
  write,
];

function showFlow(flows: readonly Flow[], id: string, asJson: boolean): void {
  const flow = flows.find((one) => one.id === id);
  if (!flow) throw new CliError(`There is no flow ${id}; \`suiterelay flows\` lists them.`);
  if (asJson) {
    json(flow);
    return;
  }
  const rows = [
    ...flow.fields.map((field) => fieldRow(field, '')),
    ...flow.addresses.map(({ label, owner, write }) => [
      `address ${label}`,
      `${label} address`,
      ownerText(owner),
      write,
    ]),
    ...flow.lines.flatMap(({ sublist, fields }) => fields.map((field) => fieldRow(field, `${sublist} line: `))),
  ];
  out(`${flow.title} (${flow.id})\n\n${table(['field', 'from', 'owner', 'write'], rows)}`);
}
