import type { CommittedSave, PreparedSave, RecordData } from '../kernel/types';
import { HostFault } from './channel';
import { askFor, runFrame, type Choreography, type Frame, type FrameEnvironment } from './frame';
import type { Launch, Outcome } from './protocol';

export type SubmitEntry = 'beforeLoad' | 'beforeSubmit' | 'afterSubmit';
type Op = 'save' | 'delete' | 'submitFields';

interface EventScript {
  scriptId: string;
  deploymentId: string;
  /** Content of the entry file: what is known of its entry points holds as long as this does. */
  hash: string;
}

/** Which entry points a file was seen to have: a script without beforeSubmit costs nothing at beforeSubmit. */
const knownEntryPoints = new Map<string, string[]>();

/** A save, delete or submitFields by a script or a user: prepare, beforeSubmit scripts, commit, afterSubmit scripts (page section_1512409310). */
export function saveWith(environment: FrameEnvironment, op: Op): Choreography {
  return (frame, args) => performSave(environment, frame, op, args).result;
}

export interface Saved {
  id: string;
  result: unknown;
}

export function performSave(environment: FrameEnvironment, frame: Frame, op: Op, args: Record<string, unknown>): Saved {
  const prepared = askFor<PreparedSave & { scripts: EventScript[] }>(environment, frame, 'record.prepareSave', {
    ...args,
    op,
  });
  const { saveId, event, oldRecord } = prepared;
  let newRecord: RecordData = prepared.newRecord;
  try {
    for (const script of prepared.scripts) {
      newRecord =
        fireUserEvent(environment, frame, script, 'beforeSubmit', { event, newRecord, oldRecord }) ?? newRecord;
    }
  } catch (error) {
    askFor(environment, frame, 'record.abort', { saveId });
    throw error;
  }
  const committed = askFor<CommittedSave>(environment, frame, 'record.commit', { saveId, record: newRecord });
  try {
    for (const script of prepared.scripts) {
      fireUserEvent(environment, frame, script, 'afterSubmit', { event, newRecord: committed.newRecord, oldRecord });
    }
  } catch (error) {
    throw error instanceof HostFault ? storedNevertheless(error, committed.id) : error;
  }
  return { id: committed.id, result: committed.result ?? committed.id };
}

/** The record is committed; later afterSubmit scripts do not run (page section_4407992070). */
const storedNevertheless = ({ fault }: HostFault, savedId: string): HostFault =>
  new HostFault({ ...fault, details: { ...fault.details, savedId } });

export interface EventInput {
  event: string;
  newRecord: RecordData;
  oldRecord: RecordData | null;
}

/** Runs one entry point of one User Event, in a context and an execution of its own. Answers newRecord as the script left it. */
export function fireUserEvent(
  environment: FrameEnvironment,
  frame: Frame,
  script: EventScript,
  entry: SubmitEntry,
  input: EventInput,
): RecordData | undefined {
  const entryPoints = knownEntryPoints.get(script.hash);
  if (entryPoints && !entryPoints.includes(entry)) return undefined;
  const launch = askFor<Launch | null>(environment, frame, 'host.beginUserEvent', {
    ...script,
    entry,
    event: input.event,
  });
  if (!launch) return undefined;
  const outcome = runFrame(environment, launch, input);
  if (outcome.entryPoints) remember(script.hash, outcome.entryPoints);
  const error = askFor<HostFault['fault'] | null>(environment, frame, 'host.endUserEvent', {
    executionId: launch.executionId,
    outcome: withoutOutput(outcome),
  });
  if (error) throw new HostFault(error);
  return outcome.output as RecordData | undefined;
}

const withoutOutput = ({ output: _output, ...rest }: Outcome): Outcome => rest;

function remember(hash: string, entryPoints: string[]): void {
  if (knownEntryPoints.size > 1000) knownEntryPoints.clear();
  knownEntryPoints.set(hash, entryPoints);
}
