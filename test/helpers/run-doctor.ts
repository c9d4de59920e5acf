import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { findBuilt } from '../../demo/child-process';
import type { FlowStage, RelayFile } from './flow-stage';

export interface DoctorFinding {
  level: string;
  subject: string;
  message: string;
  remedy?: string;
}

/** What the doctor says of the stage's configuration with other settings of its account. */
export async function runDoctor(stage: FlowStage, settings: object): Promise<DoctorFinding[]> {
  const config = JSON.parse(readFileSync(stage.config, 'utf8')) as RelayFile;
  Object.assign(config.netsuite[0]!.settings, settings);
  const file = path.join(path.dirname(stage.config), 'doctor.json');
  writeFileSync(file, JSON.stringify(config));
  const args = [findBuilt('relay', 'cli.cjs'), 'doctor', '--json', '--config', file];
  // A failed check ends the command with 1; what it found is on stdout either way.
  const told = await promisify(execFile)(process.execPath, args).catch((error: unknown) => error as { stdout: string });
  return JSON.parse(told.stdout) as DoctorFinding[];
}
