import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { diffFlows, diffSettings, type FlowDifference } from '../../../flows/diff-flows';
import { readOverlay, type Overlay } from '../../../flows/overlay';
import type { FlowSet } from '../../../flows';
import { loadFlowPart, type FlowPart } from '../../config/load-flow-part';
import { loadMapper } from '../../config/load-mapper';
import { CliError } from '../cli-error';
import { promoteOverlay } from '../flows/promote-overlay';
import { json, out } from '../print';

export function addFlowsDiff(flows: Command): void {
  flows
    .command('diff <from> <to>')
    .description('show what differs between the flows and settings of two configuration files')
    .option('--json', 'answer as JSON')
    .action((from: string, to: string, options: { json?: boolean }) => {
      const [one, two] = [setOf(loadFlowPart(from), from), setOf(loadFlowPart(to), to)];
      const found = [...diffFlows(one.flows, two.flows), ...diffSettings(one.context.settings, two.context.settings)];
      if (options.json) json(found);
      else out(found.length === 0 ? 'Nothing differs.' : found.map(line).join('\n'));
    });
}

export function addFlowsPromote(flows: Command): void {
  flows
    .command('promote <from> <to>')
    .description("take the overlay of one configuration over into another's; nothing is written without --apply")
    .option('--apply', 'write the overlay of the target')
    .option('--json', 'answer as JSON')
    .action(promote);
}

function promote(from: string, to: string, options: { apply?: boolean; json?: boolean }): void {
  const target = loadFlowPart(to);
  const file = overlayOf(target, to);
  const source = read(overlayOf(loadFlowPart(from), from));
  const promotion = promoteOverlay(source, read(file), (overlay) => setOf(withOverlay(target, overlay), to));
  const { overlay, differences, refused, kept } = promotion;
  if (refused.length > 0) {
    const list = refused.map(({ path, value }) => `  ${path}: ${value}`).join('\n');
    throw new CliError(
      `Not promoted: internal ids mean another record in another account. Name it, or give its script id, instead:\n${list}`,
    );
  }
  if (options.apply && differences.length > 0) write(file, overlay);
  if (options.json) {
    json({ differences, kept, written: options.apply === true && differences.length > 0 });
    return;
  }
  out(differences.length === 0 ? 'Nothing to promote.' : differences.map(line).join('\n'));
  if (kept.length > 0) out(`\nKept as the target has them: ${kept.join(', ')}`);
  if (differences.length > 0) {
    out(
      options.apply
        ? `\nWritten to ${file}. \`suiterelay doctor\` tells whether the account has what it names.`
        : '\nNothing was written; add --apply.',
    );
  }
}

/** The overlay that a configuration ends with: the one that promotion changes. */
function overlayOf({ flows }: FlowPart, file: string): string {
  const overlays = flows.flatMap((entry) =>
    typeof entry === 'object' && 'overlay' in entry && typeof entry.overlay === 'string' ? [entry.overlay] : [],
  );
  const last = overlays.at(-1);
  if (last !== undefined) return last;
  throw new CliError(`${file} names no overlay; add { overlay: FILE } to its flows (docs/flows.md).`);
}

function read(file: string): Overlay {
  if (!existsSync(file))
    throw new CliError(`${file} does not exist; an empty file is an overlay that changes nothing.`);
  return readOverlay(file, readFileSync(file, 'utf8'));
}

/** The same flows with another text in the place of the last overlay. */
function withOverlay(part: FlowPart, overlay: Overlay): FlowPart & { overlayText: string } {
  return { ...part, overlayText: stringify(overlay) };
}

function setOf(part: FlowPart & { overlayText?: string }, file: string): FlowSet {
  return loadMapper(part, file, part.overlayText).set(part.netsuite[0]?.account ?? '');
}

/** In one step: a reader sees the old file or the new one. */
function write(file: string, overlay: Overlay): void {
  const text = `# Written by suiterelay flows promote.\n${stringify(overlay)}`;
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

function line({ path, from, to }: FlowDifference): string {
  const show = (value: unknown): string => (value === undefined ? '(nothing)' : JSON.stringify(value));
  return `${path}: ${show(from)} → ${show(to)}`;
}
