import type { RecordData } from '../kernel/types';
import { HostFault } from './channel';
import { askFor, openFrame, type Frame, type FrameEnvironment } from './frame';
import type { Launch, Outcome } from './protocol';
import { fireUserEvent, performSave } from './save';

type Script = Parameters<typeof fireUserEvent>[2];

interface FormInput {
  type: string;
  id?: string;
  event?: string;
  copyFrom?: string;
  inline?: boolean;
  delete?: boolean;
  fields?: object;
  sublists?: object;
  subrecords?: object;
}

/** What a user does in the browser; `info.entry` is `open` or `save`. A script's refusal is an outcome, not an error of the call. */
export function runUserInterface(environment: FrameEnvironment, launch: Launch, input: FormInput): Outcome {
  const frame = openFrame(launch);
  const progress = { entryPoint: 'beforeLoad' };
  try {
    if (launch.info.entry === 'open') return { output: { record: openForm(environment, frame, input) } };
    return { output: saveForm(environment, frame, input, progress) };
  } catch (error) {
    if (!(error instanceof HostFault))
      return { error: { name: 'UNEXPECTED_ERROR', message: `emulator: ${String(error)}` } };
    const { details, ...fault } = error.fault;
    return { error: { ...fault, ...(details ? { json: JSON.stringify(details) } : {}) } };
  }
}

function saveForm(
  environment: FrameEnvironment,
  frame: Frame,
  input: FormInput,
  progress: { entryPoint: string },
): unknown {
  const event = input.copyFrom === undefined ? input.event : undefined;
  const common = { ui: true, ...(event === undefined ? {} : { event }) };
  progress.entryPoint = 'beforeSubmit';
  const save = (op: Parameters<typeof performSave>[2], args: object): unknown =>
    performSave(environment, frame, op, JSON.stringify({ ...args, ...common }));
  if (input.delete) return save('delete', { type: input.type, id: input.id });
  if (input.inline) return save('submitFields', { type: input.type, id: input.id, values: input.fields ?? {} });
  const form = openForm(environment, frame, input);
  const { fields = {}, sublists, subrecords } = input;
  const record = askFor<RecordData>(environment, frame, 'record.applyForm', {
    record: form,
    fields,
    sublists,
    subrecords,
  });
  return save('save', { record });
}

function openForm(environment: FrameEnvironment, frame: Frame, input: FormInput): RecordData {
  const event = formEvent(input);
  const { type, id, copyFrom } = input;
  const form = askFor<RecordData>(environment, frame, 'record.openForm', { type, id, event, copyFrom });
  const scripts = askFor<Script[]>(environment, frame, 'host.userEvents', { type, event });
  const request = formRequest(event, id ?? copyFrom);
  let shown = JSON.stringify(form);
  for (const script of scripts) {
    const shows = { event, newRecord: shown, oldRecord: 'null', request };
    shown = fireUserEvent(environment, frame, script, 'beforeLoad', shows) ?? shown;
  }
  return JSON.parse(shown) as RecordData;
}

/** What the browser asked for (page section_4407991781): the record's id, `e` when it is edited, `cp` when it is copied. */
function formRequest(event: string, id: string | undefined): object {
  const flag = event === 'edit' ? { e: 'T' } : event === 'copy' ? { cp: 'T' } : {};
  const parameters = { ...(id === undefined ? {} : { id }), ...flag };
  return { method: 'GET', url: '', headers: {}, parameters, body: '', clientIpAddress: '127.0.0.1' };
}

/** beforeLoad knows a copy; a forced type (`approve`, `ship`) belongs to the submit events of a save. */
function formEvent({ copyFrom, event, id, fields }: FormInput): string {
  if (copyFrom !== undefined) return 'copy';
  if (fields === undefined && event !== undefined) return event;
  return id === undefined ? 'create' : 'edit';
}
