import type { CommittedSave, PreparedSave, RecordData } from '../kernel/types';
import { HostFault } from './channel';
import { askFor, runFrame, type Choreography, type Frame, type FrameEnvironment } from './frame';
import type { Launch } from './protocol';

export type SubmitEntry = 'beforeLoad' | 'beforeSubmit' | 'afterSubmit';
type Op = 'save' | 'delete' | 'submitFields';

export interface EventScript {
  scriptId: string;
  deploymentId: string;
  /** Its entry points, once known: a script without beforeSubmit costs nothing at beforeSubmit. */
  entryPoints?: string[];
}

/** The account began this script's execution together with its last answer. */
interface Opened {
  deploymentId: string;
  launch: Launch;
}
interface WithScripts {
  opened?: Opened;
}
type Listened = PreparedSave & WithScripts & { scripts: EventScript[] };
/** A save that no script listens to is committed with the first answer. */
type Prepared = Listened | { committed: CommittedSave };

/** A save, delete or submitFields by a script or a user: prepare, beforeSubmit scripts, commit, afterSubmit scripts (page section_1512409310). */
export function saveWith(environment: FrameEnvironment, op: Op): Choreography {
  return (frame, args) => performSave(environment, frame, op, args).result;
}

export interface Saved {
  id: string;
  result: unknown;
}

export function performSave(environment: FrameEnvironment, frame: Frame, op: Op, args: Record<string, unknown>): Saved {
  const prepared = askFor<Prepared>(environment, frame, 'record.prepareSave', { ...args, op });
  if ('committed' in prepared) return saved(prepared.committed);
  const { saveId, event, oldRecord, scripts } = prepared;
  const record = beforeSubmit(environment, frame, prepared);
  const committed = askFor<CommittedSave & WithScripts>(environment, frame, 'record.commit', {
    saveId,
    record,
    scripts,
  });
  const { opened } = committed;
  const newRecord = event === 'xedit' ? changedOnly(committed.newRecord, record) : committed.newRecord;
  try {
    for (const script of scripts) {
      fireUserEvent(environment, frame, script, 'afterSubmit', { event, newRecord, oldRecord }, opened);
    }
  } catch (error) {
    throw error instanceof HostFault ? storedNevertheless(error, committed.id) : error;
  }
  return saved(committed);
}

const saved = ({ id, result }: CommittedSave): Saved => ({ id, result: result ?? id });

/** After a list edit newRecord knows no more fields than before it (page section_4407992070): those that were given, by the user or by beforeSubmit. */
function changedOnly(stored: RecordData, given: RecordData): RecordData {
  const fields = Object.fromEntries(Object.entries(stored.fields).filter(([id]) => Object.hasOwn(given.fields, id)));
  return { ...stored, fields, sublists: {}, subrecords: {} };
}

/** Each script gets the record as the one before left it; one that throws ends the save. */
function beforeSubmit(environment: FrameEnvironment, frame: Frame, prepared: Listened): RecordData {
  const { saveId, event, oldRecord, scripts, opened } = prepared;
  let { newRecord } = prepared;
  try {
    for (const script of scripts) {
      const input = { event, newRecord, oldRecord };
      newRecord = fireUserEvent(environment, frame, script, 'beforeSubmit', input, opened) ?? newRecord;
    }
  } catch (error) {
    askFor(environment, frame, 'record.abort', { saveId });
    throw error;
  }
  return newRecord;
}

/** The record is committed; later afterSubmit scripts do not run (page section_4407992070). */
const storedNevertheless = ({ fault }: HostFault, savedId: string): HostFault =>
  new HostFault({ ...fault, details: { ...fault.details, savedId } });

export interface EventInput {
  event: string;
  newRecord: RecordData;
  oldRecord: RecordData | null;
  /** The browser's request behind beforeLoad. */
  request?: object;
}

/** Runs one entry point of one User Event, in a context and an execution of its own. Answers newRecord as the script left it. */
export function fireUserEvent(
  environment: FrameEnvironment,
  frame: Frame,
  script: EventScript,
  entry: SubmitEntry,
  input: EventInput,
  opened?: Opened,
): RecordData | undefined {
  if (script.entryPoints?.includes(entry) === false) return undefined;
  const launch = launchOf(environment, frame, script, entry, opened);
  if (!launch) return undefined;
  const { outcome, dead } = runFrame(environment, launch, input);
  const { output, ...rest } = outcome;
  if (outcome.entryPoints) script.entryPoints = outcome.entryPoints;
  const ended = { executionId: launch.executionId, outcome: rest };
  if (!dead && !outcome.error) environment.channel.note(frame.executionId, 'host.endUserEvent', ended);
  else throwIfRefused(askFor<HostFault['fault'] | null>(environment, frame, 'host.endUserEvent', ended));
  return (output ?? undefined) as RecordData | undefined;
}

function launchOf(
  environment: FrameEnvironment,
  frame: Frame,
  { scriptId, deploymentId }: EventScript,
  entry: SubmitEntry,
  opened?: Opened,
): Launch | null {
  if (opened?.deploymentId === deploymentId) return opened.launch;
  return askFor<Launch | null>(environment, frame, 'host.beginUserEvent', { scriptId, deploymentId, entry });
}

function throwIfRefused(error: HostFault['fault'] | null): void {
  if (error) throw new HostFault(error);
}
