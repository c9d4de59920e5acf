import { SuiteScriptError, unsupported } from '../../errors';
import { invalidUsage, named } from './call-arguments';
import { RecordMatrix } from './matrix';
import { stateOf, type RecordState } from './state';
import { setSubrecordClass } from './subrecords';

interface SaveOptions {
  enableSourcing?: boolean;
  ignoreMandatoryFields?: boolean;
}

/** Saving, and the macros of a type. */
class RecordObject extends RecordMatrix {
  save(...args: unknown[]): number {
    const state = stateOf(this);
    if (state.owner !== 'own') {
      throw invalidUsage('Invalid API usage. This record is saved by the platform: save() is not available on it.');
    }
    const given = named<SaveOptions>('save', args, ['enableSourcing', 'ignoreMandatoryFields'], []);
    const id = state.guest.syscall<number>('record.save', {
      record: state.data,
      isDynamic: state.dynamic,
      enableSourcing: given.enableSourcing ?? null,
      ignoreMandatoryFields: given.ignoreMandatoryFields === true,
    });
    return id;
  }

  /** Macros are published by Oracle for a few types (tax calculation); the account's table of them is empty here. */
  getMacros(): Record<string, never> {
    return {};
  }

  getMacro(...args: unknown[]): never {
    const { id } = named<{ id: string }>('getMacro', args, ['id']);
    throw new SuiteScriptError({
      name: 'SSS_INVALID_MACRO_ID',
      message: `The macro ${id} is not valid for record type ${this.type}.`,
    });
  }

  executeMacro(...args: unknown[]): never {
    const { id } = named<{ id: string }>('executeMacro', args, ['id'], ['id']);
    throw unsupported(`Record.executeMacro of ${id}`);
  }
}

/** Standard mode. NetSuite's own class names, which show in logs. */
export class DeferredDynamicRecord extends RecordObject {}

export class DynamicRecord extends RecordObject {}

export function makeRecord(state: RecordState): RecordObject {
  return state.dynamic ? new DynamicRecord(state) : new DeferredDynamicRecord(state);
}

setSubrecordClass(makeRecord);
