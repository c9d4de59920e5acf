import { SuiteScriptError } from '../../errors';
import type { FieldInfo } from './meta';
import { isDemanded, type RecordState } from './state';

const MOST_OPTIONS = 1000;

/** A body field or a column cell: N/record Field (Oracle page section_4273172482). */
export class Field {
  readonly #state: RecordState;
  readonly #field: FieldInfo;
  readonly sublistId: string | undefined;
  label: string;
  isMandatory: boolean;
  isDisabled: boolean;
  isDisplay = true;
  isVisible = true;

  constructor(state: RecordState, field: FieldInfo, sublistId?: string) {
    this.#state = state;
    this.#field = field;
    this.sublistId = sublistId;
    this.label = field.label;
    this.isMandatory = sublistId === undefined ? isDemanded(state, field) : field.required;
    this.isDisabled = field.readOnly;
  }

  get id(): string {
    return this.#field.id;
  }

  get type(): string {
    return this.#field.radio ? 'radio' : this.#field.type;
  }

  get isPopup(): boolean {
    return false;
  }

  get isReadOnly(): boolean {
    return this.#field.readOnly;
  }

  getSelectOptions(options: { filter?: string; operator?: string } = {}): { value: string; text: string }[] {
    if (this.#field.type !== 'select' && this.#field.type !== 'multiselect') {
      throw new SuiteScriptError({
        name: 'SSS_INVALID_UI_OBJECT_TYPE',
        message: `The field ${this.#field.id} is not a select field.`,
      });
    }
    const operator = options.operator ?? 'contains';
    if (!['contains', 'is', 'startswith'].includes(operator.toLowerCase())) {
      throw new SuiteScriptError({
        name: 'SSS_INVALID_GETSELECTOPTION_FILTER_OPERATOR',
        message: `Invalid getSelectOptions filter operator: ${operator}`,
      });
    }
    const found = this.#state.guest.syscall<{ value: string; text: string }[]>('record.options', {
      selectType: this.#field.selectType,
      recordType: this.#state.info.type,
      filter: options.filter ?? '',
      operator: operator.toLowerCase(),
      most: MOST_OPTIONS + 1,
    });
    return found.length > MOST_OPTIONS ? [] : found;
  }

  insertSelectOption(): never {
    throw this.#onlyOwnFields();
  }

  removeSelectOption(): never {
    throw this.#onlyOwnFields();
  }

  toJSON(): object {
    return { id: this.id, label: this.label, type: this.type };
  }

  toString(): string {
    return 'record.Field';
  }

  #onlyOwnFields(): SuiteScriptError {
    return new SuiteScriptError({
      name: 'SSS_INVALID_UI_OBJECT_TYPE',
      message: `Select options can be changed on fields added by a script only; ${this.id} is not one.`,
    });
  }
}

export const makeField = (state: RecordState, field: FieldInfo, sublistId?: string): Field =>
  new Field(state, field, sublistId);
