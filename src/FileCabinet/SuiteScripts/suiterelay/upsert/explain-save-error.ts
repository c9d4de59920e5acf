import { CODES, classOf } from '../../../../../contract/codes';
import { messageOf, nameOf, OperationFailure } from './operation-failure';
import type { EditableRecord } from './ports';

const MANDATORY: ReadonlySet<string> = new Set(['USER_ERROR', 'MISSING_MANDATORY_FIELDS', 'MISSING_REQD_FLD']);
const TOO_LONG = 'THE_FIELD_1_CONTAINED_MORE_THAN_THE_MAXIMUM_NUMBER__2__OF_CHARACTERS_ALLOWED';

/**
 * Says of NetSuite's refusal which field it is about and what to do. The code decides, never the text, which comes in the user's
 * language; the text is passed on.
 */
export function explainSaveError(refusal: unknown, record: EditableRecord, recordType: string): unknown {
  if (refusal instanceof OperationFailure) return refusal;
  const code = nameOf(refusal);
  const text = messageOf(refusal);
  if (MANDATORY.has(code)) {
    const empty = emptyFields(record, text);
    if (empty.length > 0) {
      return new OperationFailure({
        code: 'MANDATORY_FIELD_EMPTY',
        message: `the form of this ${recordType} demands ${empty.join(', ')}: map a value or a default (NetSuite: ${text})`,
        errorClass: CODES.MANDATORY_FIELD_EMPTY,
        field: empty[0],
      });
    }
  }
  if (code === TOO_LONG) {
    return new OperationFailure({
      code: 'FIELD_TOO_LONG',
      message: text,
      errorClass: CODES.FIELD_TOO_LONG,
      field: fieldIn(text),
    });
  }
  return new OperationFailure({ code, message: text, errorClass: classOf(code) });
}

/** `The field companyname contained more …`: the id is the word behind "field" in English, else unknown. */
const fieldIn = (text: string): string | undefined => /field\s+"?([a-z][a-z0-9_]*)/i.exec(text)?.[1];

function emptyFields(record: EditableRecord, text: string): string[] {
  try {
    return record.emptyFieldsNamedIn(text);
  } catch {
    return [];
  }
}
