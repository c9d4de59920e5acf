import { schema, type FieldRule } from './schema';

const REFERENCE =
  /^\[(?:(?:(?:appid|bundleid|type|scriptid)=[^,\]=]+)(?:,\s*(?:appid|bundleid|type|scriptid)=[^,\]=]+)*|\/[^\]]+|ACCOUNT_SPECIFIC_VALUE|COMPANY_DEFAULT_FISCAL_CALENDAR)\]$/i;

/**
 * What is wrong with one value, as the end of a sentence that begins with the field's name (`must not be X.`), or undefined.
 * Wording after real `suitecloud project:validate` output (oracle/netsuite-suitecloud-sdk issues 575, 184) and Oracle's page article_161608290208.
 */
export function valueFault(rule: FieldRule, text: string): string | undefined {
  if (text === '') return rule.required ? 'must not be empty.' : undefined;
  switch (rule.kind) {
    case 'bool':
      return text === 'T' || text === 'F' ? undefined : `must not be ${text}. Valid values are T and F.`;
    case 'number':
      return numberFault(rule, text);
    case 'enum':
      return enumFault(rule, text);
    case 'id':
      return idFault(rule, text);
    case 'file':
      return fileFault(rule, text);
    case 'ref':
      return referenceFault(rule, text);
    case 'text':
      return rule.maxlength !== undefined && text.length > rule.maxlength && !REFERENCE.test(text)
        ? `must not exceed ${rule.maxlength} characters.`
        : undefined;
    case 'struct':
      return undefined;
  }
}

function numberFault(rule: FieldRule, text: string): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return `must not be ${text}. A number is expected.`;
  const n = Number(text);
  if ((rule.min !== undefined && n < rule.min) || (rule.max !== undefined && n > rule.max)) {
    return `must not be ${text}. Valid values range from ${rule.min ?? 'any'} through ${rule.max ?? 'any'}.`;
  }
  return undefined;
}

const parts = (rule: FieldRule, text: string): string[] =>
  rule.multi
    ? text
        .split('|')
        .map((p) => p.trim())
        .filter(Boolean)
    : [text];

function enumFault(rule: FieldRule, text: string): string | undefined {
  const allowed = schema.enums[rule.enum ?? ''];
  const bad = allowed && parts(rule, text).find((part) => !allowed.includes(part) && !REFERENCE.test(part));
  return bad === undefined ? undefined : `must not be ${bad}.`;
}

function idFault(rule: FieldRule, text: string): string | undefined {
  if (!/^[a-z0-9_]+$/.test(text))
    return 'must be lowercase alphanumeric without spaces or punctuation. Underscores are permitted.';
  if (rule.maxlength !== undefined && text.length > rule.maxlength)
    return `must not exceed ${rule.maxlength} characters.`;
  if (rule.regex && !new RegExp(rule.regex).test(text))
    return `must not be empty and must start with ${rule.default ?? rule.regex}.`;
  return undefined;
}

function fileFault(rule: FieldRule, text: string): string | undefined {
  if (!/^\[\/[^\]]+\]$/.test(text))
    return `must not be ${text}. A file reference such as [/SuiteScripts/x.js] is expected.`;
  return rule.ext && !text.toLowerCase().endsWith(`.${rule.ext}]`) ? `must reference a .${rule.ext} file.` : undefined;
}

function referenceFault(rule: FieldRule, text: string): string | undefined {
  for (const part of parts(rule, text)) {
    if (part.startsWith('[')) {
      if (!REFERENCE.test(part))
        return `must not be ${part}. A reference such as [scriptid=customrecord_x] is expected.`;
      // A list that the schema does not carry is open.
    } else if (rule.also?.length && !rule.also.some((name) => schema.enums[name]?.includes(part) ?? true))
      return `must not be ${part}.`;
  }
  return undefined;
}
