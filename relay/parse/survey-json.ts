/** What a text of JSON shows before it is parsed. */
export interface Survey {
  /** Deepest nesting of arrays and objects. */
  deepest: number;
  /** Members that are named. */
  names: number;
  /** Whether a character is given by its number. */
  escapes: boolean;
  /** Whether a number is so long, or has so great an exponent, that it might be rounded. */
  longNumbers: boolean;
}

/** So many digits always survive (IEEE 754 double). */
const SAFE_DIGITS = 15;

/** One pass over a text; of one that is no JSON it tells nothing of use, and does no harm. */
export function surveyJson(text: string): Survey {
  const found: Survey = { deepest: 0, names: 0, escapes: false, longNumbers: false };
  let depth = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      digits += 1;
      if (digits > SAFE_DIGITS) found.longNumbers = true;
      continue;
    }
    if (code === 0x2e) continue;
    // Of an exponent of three digits, or of two and a sign.
    if (digits > 0 && (code | 0x20) === 0x65 && isDigit(text.charCodeAt(at + 3))) found.longNumbers = true;
    digits = 0;
    if (code === 0x22) at = endOfString(text, at, found);
    else if (code === 0x3a) found.names += 1;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > found.deepest) found.deepest = depth;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return found;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Where the closing quote stands, or the text's end. */
function endOfString(text: string, start: number, found: Survey): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) {
      at += 1;
      if (text.charCodeAt(at) === 0x75) found.escapes = true;
    }
  }
  return text.length;
}
