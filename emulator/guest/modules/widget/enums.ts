import { enumOf } from '../arguments';

const lower = (...names: string[]): Readonly<Record<string, string>> =>
  Object.freeze(Object.fromEntries(names.map((name) => [name, name.toLowerCase()])));

const FIELD_TYPES =
  'CHECKBOX CURRENCY DATE DATETIME DATETIMETZ EMAIL FILE FLOAT HELP IMAGE INLINEHTML INTEGER LABEL LONGTEXT MULTISELECT PASSWORD PERCENT PHONE RADIO RICHTEXT SELECT TEXT TEXTAREA TIMEOFDAY URL';

/** Enumerations of N/ui/serverWidget (page section_4321345532). */
export const WIDGET_ENUMS: Record<string, () => Readonly<Record<string, string>>> = {
  AssistantSubmitAction: () => lower('NEXT', 'BACK', 'CANCEL', 'FINISH', 'JUMP'),
  FieldBreakType: () => enumOf('NONE', 'STARTCOL', 'STARTROW'),
  FieldDisplayType: () => enumOf('NORMAL', 'HIDDEN', 'READONLY', 'DISABLED', 'ENTRY', 'INLINE', 'NODISPLAY'),
  FieldLayoutType: () => enumOf('NORMAL', 'OUTSIDE', 'OUTSIDEBELOW', 'OUTSIDEABOVE', 'STARTROW', 'MIDROW', 'ENDROW'),
  FieldType: () => enumOf(...FIELD_TYPES.split(' ')),
  FormPageLinkType: () => enumOf('BREADCRUMB', 'CROSSLINK'),
  LayoutJustification: () => enumOf('CENTER', 'LEFT', 'RIGHT'),
  ListStyle: () => lower('GRID', 'REPORT', 'PLAIN', 'NORMAL'),
  SublistDisplayType: () => enumOf('NORMAL', 'HIDDEN', 'NODISPLAY'),
  SublistType: () => enumOf('EDITOR', 'INLINEEDITOR', 'LIST', 'STATICLIST'),
};
