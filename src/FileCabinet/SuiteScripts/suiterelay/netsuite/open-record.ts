import type record from 'N/record';
import type { EditableRecord, Values } from '../upsert/ports';

/** Labels stand in a list behind a colon: `Please enter value(s) for: Project Code, Class`. */
const namesLabel = (text: string, label: string): boolean =>
  text
    .slice(text.indexOf(':') + 1)
    .split(',')
    .some((part) => part.trim() === label);

type Cell = { sublistId: string; fieldId: string; line: number };

/** An N/record Record as the upsert logic sees it. */
export class OpenRecord implements EditableRecord {
  private readonly opened: record.Record;
  private fields: ReadonlySet<string> | undefined;
  private readonly columns = new Map<string, ReadonlySet<string>>();

  constructor(opened: record.Record) {
    this.opened = opened;
  }

  getValue(options: { fieldId: string }): unknown {
    return this.opened.getValue(options);
  }

  setValue({ fieldId, value }: { fieldId: string; value: unknown }): void {
    this.opened.setValue({ fieldId, value: value as record.FieldValue });
  }

  getText(options: { fieldId: string }): unknown {
    return this.opened.getText(options);
  }

  setText({ fieldId, text }: { fieldId: string; text: unknown }): void {
    this.opened.setText({ fieldId, text: text as string });
  }

  getLineCount(options: { sublistId: string }): number {
    return this.opened.getLineCount(options);
  }

  getSublistValue(cell: Cell): unknown {
    return this.opened.getSublistValue(cell);
  }

  setSublistValue({ sublistId, fieldId, line, value }: Cell & { value: unknown }): void {
    this.opened.setSublistValue({ sublistId, fieldId, line, value: value as record.FieldValue });
  }

  getSublistText(cell: Cell): unknown {
    return this.opened.getSublistText(cell);
  }

  setSublistText({ sublistId, fieldId, line, text }: Cell & { text: unknown }): void {
    this.opened.setSublistText({ sublistId, fieldId, line, text: text as string });
  }

  insertLine(options: { sublistId: string; line: number }): void {
    this.opened.insertLine(options);
  }

  removeLine(options: { sublistId: string; line: number }): void {
    this.opened.removeLine(options);
  }

  getSublistSubrecord(cell: Cell): Values {
    return this.opened.getSublistSubrecord(cell);
  }

  getSubrecord(options: { fieldId: string }): Values {
    return this.opened.getSubrecord(options);
  }

  hasField(fieldId: string, sublistId?: string): boolean {
    if (sublistId !== undefined) return this.columnsOf(sublistId).has(fieldId);
    this.fields ??= new Set(this.opened.getFields());
    return this.fields.has(fieldId) || (this.opened.getField({ fieldId }) as unknown) != null;
  }

  hasSublist(sublistId: string): boolean {
    return this.opened.getSublists().includes(sublistId);
  }

  private columnsOf(sublistId: string): ReadonlySet<string> {
    const known = this.columns.get(sublistId) ?? new Set(this.opened.getSublistFields({ sublistId }));
    this.columns.set(sublistId, known);
    return known;
  }

  save(): string {
    return String(this.opened.save());
  }

  emptyFieldsNamedIn(text: string): string[] {
    return this.opened.getFields().filter((fieldId) => {
      const value: unknown = this.opened.getValue({ fieldId });
      if (value !== '' && value !== null && value !== undefined) return false;
      const label: string | undefined = this.opened.getField({ fieldId })?.label;
      return label !== undefined && label !== '' && namesLabel(text, label);
    });
  }
}
