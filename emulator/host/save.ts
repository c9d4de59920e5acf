import type { CommittedSave, PreparedSave, RecordData } from '../kernel/types';
import { HostFault } from './channel';
import {
  askFor,
  askForRecords,
  runFrame,
  withMember,
  type Choreography,
  type Frame,
  type FrameEnvironment,
} from './frame';
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
type Listened = Omit<PreparedSave, 'newRecord' | 'oldRecord'> & WithScripts & { scripts: EventScript[] };
/** A save that no script listens to is committed with the first answer. */
type Prepared = Listened | { committed: SavedId };
type SavedId = Omit<CommittedSave, 'newRecord'>;

/** A save, delete or submitFields by a script or a user: prepare, beforeSubmit scripts, commit, afterSubmit scripts (page section_1512409310). */
export function saveWith(environment: FrameEnvironment, op: Op): Choreography {
  return (frame, args) => performSave(environment, frame, op, args).result;
}

export interface Saved {
  id: string;
  result: unknown;
}

/** `args` is the JSON text of the call's arguments; records pass as texts, unread. */
export function performSave(environment: FrameEnvironment, frame: Frame, op: Op, args: string): Saved {
  const named = withMember(args, 'op', `"${op}"`);
  const { value: prepared, records } = askForRecords<Prepared>(environment, frame, 'record.prepareSave', named);
  if ('committed' in prepared) return saved(prepared.committed);
  const { saveId, event, scripts } = prepared;
  const { newRecord = 'null', oldRecord = 'null' } = records;
  const given = beforeSubmit(environment, frame, prepared, { event, newRecord, oldRecord });
  const wanted = withMember(JSON.stringify({ saveId, scripts }), 'record', given);
  const answer = askForRecords<SavedId & WithScripts>(environment, frame, 'record.commit', wanted);
  const { opened, ...committed } = answer.value;
  const stored = answer.records.newRecord ?? 'null';
  const seen = { event, newRecord: event === 'xedit' ? changedOnly(stored, given) : stored, oldRecord };
  try {
    for (const script of scripts) fireUserEvent(environment, frame, script, 'afterSubmit', seen, opened);
  } catch (error) {
    throw error instanceof HostFault ? storedNevertheless(error, committed.id) : error;
  }
  return saved(committed);
}

const saved = ({ id, result }: SavedId): Saved => ({ id, result: result ?? id });

/** After a list edit newRecord knows no more fields than before it (page section_4407992070): those that were given, by the user or by beforeSubmit. */
function changedOnly(storedText: string, givenText: string): string {
  const stored = JSON.parse(storedText) as RecordData;
  const given = JSON.parse(givenText) as RecordData;
  const fields = Object.fromEntries(Object.entries(stored.fields).filter(([id]) => Object.hasOwn(given.fields, id)));
  return JSON.stringify({ ...stored, fields, sublists: {}, subrecords: {} });
}

/** Each script gets the record as the one before left it; one that throws ends the save. */
function beforeSubmit(environment: FrameEnvironment, frame: Frame, prepared: Listened, input: EventInput): string {
  const { saveId, scripts, opened } = prepared;
  let { newRecord } = input;
  try {
    for (const script of scripts) {
      newRecord =
        fireUserEvent(environment, frame, script, 'beforeSubmit', { ...input, newRecord }, opened) ?? newRecord;
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

/** The records are JSON texts; no old record is `null`. */
export interface EventInput {
  event: string;
  newRecord: string;
  oldRecord: string;
  /** The browser's request behind beforeLoad. */
  request?: object;
}

/** Runs one entry point of one User Event, in a context and an execution of its own. Answers newRecord, as the script left it, as JSON text. */
export function fireUserEvent(
  environment: FrameEnvironment,
  frame: Frame,
  script: EventScript,
  entry: SubmitEntry,
  input: EventInput,
  opened?: Opened,
): string | undefined {
  if (script.entryPoints?.includes(entry) === false) return undefined;
  const launch = launchOf(environment, frame, script, entry, opened);
  if (!launch) return undefined;
  const { newRecord, oldRecord, ...rest } = input;
  const withNew = withMember(JSON.stringify(rest), 'newRecord', newRecord);
  const ran = runFrame(environment, launch, withMember(withNew, 'oldRecord', oldRecord));
  const { outcome, dead } = ran;
  if (outcome.entryPoints) script.entryPoints = outcome.entryPoints;
  const ended = { executionId: launch.executionId, outcome };
  if (!dead && !outcome.error) environment.channel.note(frame.executionId, 'host.endUserEvent', ended);
  else throwIfRefused(askFor<HostFault['fault'] | null>(environment, frame, 'host.endUserEvent', ended));
  return ran.output === 'null' ? undefined : ran.output;
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
