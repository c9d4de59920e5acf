import type { EditableRecord, Values } from '../../../src/FileCabinet/SuiteScripts/suiterelay/upsert/ports';

export type Fields = Record<string, unknown>;

/** A record in memory that remembers in which order it was set. */
export class FakeRecord implements EditableRecord {
  readonly fields: Fields;
  readonly lines: Fields[];
  readonly log: string[] = [];

  constructor(fields: Fields = {}, lines: Fields[] = []) {
    this.fields = fields;
    this.lines = lines;
  }

  getValue({ fieldId }: { fieldId: string }): unknown {
    return this.fields[fieldId] ?? '';
  }

  setValue({ fieldId, value }: { fieldId: string; value: unknown }): void {
    this.log.push(fieldId);
    this.fields[fieldId] = value;
  }

  getText({ fieldId }: { fieldId: string }): unknown {
    return this.fields[fieldId] ?? '';
  }

  setText({ fieldId, text }: { fieldId: string; text: unknown }): void {
    this.fields[fieldId] = text;
  }

  getLineCount(): number {
    return this.lines.length;
  }

  getSublistValue({ fieldId, line }: { fieldId: string; line: number }): unknown {
    return this.lines[line]?.[fieldId] ?? '';
  }

  setSublistValue({ fieldId, line, value }: { fieldId: string; line: number; value: unknown }): void {
    this.log.push(`${line}.${fieldId}`);
    const row = this.lines[line];
    if (row === undefined) throw new Error(`no line ${line}`);
    row[fieldId] = value;
  }

  getSublistText(cell: { fieldId: string; line: number }): unknown {
    return this.getSublistValue(cell);
  }

  setSublistText({ fieldId, line, text }: { fieldId: string; line: number; text: unknown }): void {
    this.setSublistValue({ fieldId, line, value: text });
  }

  hasField(): boolean {
    return true;
  }

  hasSublist(): boolean {
    return true;
  }

  insertLine({ line }: { line: number }): void {
    this.lines.splice(line, 0, {});
  }

  removeLine({ line }: { line: number }): void {
    this.lines.splice(line, 1);
  }

  getSublistSubrecord({ fieldId, line }: { fieldId: string; line: number }): Values {
    const row = this.lines[line] ?? {};
    row[fieldId] ??= new FakeRecord();
    return row[fieldId] as FakeRecord;
  }

  getSubrecord({ fieldId }: { fieldId: string }): Values {
    this.fields[fieldId] ??= new FakeRecord();
    return this.fields[fieldId] as FakeRecord;
  }

  save(): string {
    return '1';
  }

  emptyFieldsNamedIn(): string[] {
    return [];
  }
}
