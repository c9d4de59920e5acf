import { CODES, classOf } from '../../../../../contract/codes';
import { textOf } from './normalise';
import { messageOf, nameOf, OperationFailure } from './operation-failure';
import type { EditableRecord } from './ports';
import type { ResolvedOperation } from './resolved-operation';
import type { Wanted } from './wanted';

const MANDATORY: ReadonlySet<string> = new Set(['USER_ERROR', 'MISSING_MANDATORY_FIELDS', 'MISSING_REQD_FLD']);
const TOO_LONG = 'THE_FIELD_1_CONTAINED_MORE_THAN_THE_MAXIMUM_NUMBER__2__OF_CHARACTERS_ALLOWED';

/**
 * Which of the wanted values NetSuite's sentence names: it comes in the user's language, but holds the field's id and often the value. Of
 * several lines it is the one whose value stands there, else the longest.
 */
export function fieldNamedIn(text: string, resolved: ResolvedOperation): Wanted | undefined {
  const words = new Set(text.toLowerCase().split(/[^a-z0-9_]+/));
  const named = valuesOf(resolved).filter(({ field }) => words.has(field));
  const isShown = ({ value }: Wanted): number => (words.has(textOf(value).toLowerCase()) ? 1 : 0);
  return named.sort((a, b) => isShown(b) - isShown(a) || lengthOf(b) - lengthOf(a))[0];
}

/**
 * Says of NetSuite's refusal which field it is about and what to do. The code decides, never the text, which comes in the user's
 * language; the text is passed on.
 */
export function explainSaveError(
  refusal: unknown,
  record: Pick<EditableRecord, 'emptyFieldsNamedIn'> | null,
  resolved: ResolvedOperation,
): unknown {
  if (refusal instanceof OperationFailure) return refusal;
  const { recordType } = resolved.operation;
  const code = nameOf(refusal);
  const text = messageOf(refusal);
  if (MANDATORY.has(code) && record !== null) {
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
    const { label, field, length } = tooLongIn(text, resolved);
    const fits = length === undefined ? 'fewer characters fit' : `${length} characters fit`;
    return new OperationFailure({
      code: 'FIELD_TOO_LONG',
      message: `${label ?? 'a field'}: ${fits}; shorten it, let the flow truncate this field, or set the script parameter "Field lengths" (NetSuite: ${text})`,
      errorClass: CODES.FIELD_TOO_LONG,
      field: label,
      lesson: field === undefined || length === undefined ? undefined : { field, length },
    });
  }
  return new OperationFailure({ code, message: text, errorClass: classOf(code) });
}

/**
 * `The field companyname contained more than the maximum number ( 83 ) of characters allowed.` The sentence comes in the user's language;
 * what every language keeps is the field's id and the number.
 */
function tooLongIn(text: string, resolved: ResolvedOperation): { label?: string; field?: string; length?: number } {
  const length = /\(\s*(\d+)\s*\)/.exec(text)?.[1];
  const longest = fieldNamedIn(text, resolved);
  return {
    ...(longest === undefined ? {} : { label: longest.label, field: longest.field }),
    ...(length === undefined ? {} : { length: Number(length) }),
  };
}

const lengthOf = ({ value }: Wanted): number => (typeof value === 'string' ? value.length : 0);

const valuesOf = ({ body, subrecords, sublists }: ResolvedOperation): Wanted[] => [
  ...body,
  ...subrecords.flatMap(({ fields }) => fields),
  ...sublists.flatMap(({ lines }) =>
    lines.flatMap((line) => [...line.fields, ...line.subrecords.flatMap(({ fields }) => fields)]),
  ),
];

function emptyFields(record: Pick<EditableRecord, 'emptyFieldsNamedIn'>, text: string): string[] {
  try {
    return record.emptyFieldsNamedIn(text);
  } catch {
    return [];
  }
}
