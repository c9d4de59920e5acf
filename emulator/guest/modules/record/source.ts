import type { LineData, RecordData } from './data';
import type { RecordState } from './state';

/** Dynamic mode: the account applies what follows from one change, as the form would. Standard mode leaves all of it to the save. */
export function sourceBody(state: RecordState, field: string, ignoreFieldChange: boolean): void {
  if (!state.dynamic || ignoreFieldChange || state.owner !== 'own' || !state.info.triggersSourcing(field)) return;
  replaceData(state, state.guest.syscall<RecordData>('record.source', { record: state.data, field }));
}

export function sourceLine(
  state: RecordState,
  sublist: string,
  index: number,
  line: LineData,
  field: string,
): LineData {
  if (!state.dynamic || state.owner !== 'own' || !state.info.triggersSourcing(field, sublist)) return line;
  return state.guest.syscall<LineData>('record.sourceLine', { record: state.data, sublist, index, line, field });
}

/** After a line was committed or removed: body totals. */
export function sourceTotals(state: RecordState, sublist: string, ignoreRecalc: boolean): void {
  if (!state.dynamic || ignoreRecalc || state.owner !== 'own' || !state.info.triggersSourcing('', sublist)) return;
  replaceData(state, state.guest.syscall<RecordData>('record.source', { record: state.data, field: '', sublist }));
}

/** In place: subrecord objects that the script holds keep pointing into the record. */
function replaceData(state: RecordState, next: RecordData): void {
  state.data.fields = next.fields;
  state.data.sublists = next.sublists;
  for (const [id, subrecord] of Object.entries(next.subrecords)) {
    const mine = state.data.subrecords[id];
    if (mine) mine.fields = subrecord.fields;
    else state.data.subrecords[id] = subrecord;
  }
  for (const id of Object.keys(state.data.subrecords)) if (!next.subrecords[id]) delete state.data.subrecords[id];
  if (next.touched) state.data.touched = next.touched;
}
