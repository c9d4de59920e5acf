import { named } from './call-arguments';
import type { FieldInfo } from './meta';
import type { RecordState } from './state';

/** A column of a sublist (Oracle page section_158593030499). */
export class Column {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly sublistId: string;
  readonly isMandatory: boolean;
  readonly isDisabled: boolean;
  readonly isDisplay = true;
  readonly isSortable = false;

  constructor(field: FieldInfo, sublistId: string) {
    this.id = field.id;
    this.label = field.label;
    this.type = field.type;
    this.sublistId = sublistId;
    this.isMandatory = field.required;
    this.isDisabled = field.readOnly;
  }

  toString(): string {
    return 'sublist.Column';
  }

  toJSON(): object {
    return { id: this.id, label: this.label, type: this.type, sublistId: this.sublistId };
  }
}

/** A sublist as a whole (Oracle page section_4273173461). */
export class Sublist {
  readonly id: string;
  readonly name: string;
  readonly type = 'inlineeditor';
  readonly isChanged: boolean;
  readonly isHidden = false;
  readonly isDisplay = true;
  readonly isMultilineEditable = false;
  readonly #state: RecordState;

  constructor(state: RecordState, id: string) {
    this.#state = state;
    this.id = id;
    this.name = id;
    this.isChanged = (state.data.sublists[id] ?? []).some((line) => (line.touched ?? []).length > 0);
  }

  getColumn(...args: unknown[]): Column | null {
    const { fieldId } = named<{ fieldId: string }>('getColumn', args, ['fieldId']);
    const field = this.#state.info.lineField(this.id, fieldId.toLowerCase());
    return field ? new Column(field, this.id) : null;
  }

  toString(): string {
    return 'sublist.Sublist';
  }

  toJSON(): object {
    return { id: this.id, type: this.type, isChanged: this.isChanged, isDisplay: this.isDisplay };
  }
}
