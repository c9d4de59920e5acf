import { TemplateError } from './model';

export interface Piece {
  kind: 'text' | 'tag' | 'comment' | 'value';
  /** The text; of a tag and a value what stands inside its brackets. */
  text: string;
  /** A tag: `if`, `/if`, `@name`, `/@name`. */
  name: string;
}

const OPENING = /<#--|<\/?[#@][A-Za-z_][\w.]*|\$\{|#\{|<\/@>/g;

/** Cuts a template into text, directives, comments and interpolations. */
export function splitTemplate(template: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  OPENING.lastIndex = 0;
  for (let found = OPENING.exec(template); found; found = OPENING.exec(template)) {
    if (found.index > at) pieces.push({ kind: 'text', text: template.slice(at, found.index), name: '' });
    const [opening] = found;
    const from = found.index + opening.length;
    if (opening === '<#--') {
      at = endOf(template, '-->', from) + 3;
      pieces.push({ kind: 'comment', text: '', name: '' });
    } else if (opening.endsWith('{')) {
      const end = closing(template, from, '}');
      pieces.push({ kind: 'value', text: template.slice(from, end), name: opening });
      at = end + 1;
    } else if (opening === '<#noparse') {
      const start = endOf(template, '>', from) + 1;
      const end = endOf(template, '</#noparse>', start);
      pieces.push({ kind: 'text', text: template.slice(start, end), name: '' });
      at = end + '</#noparse>'.length;
    } else {
      const end = opening === '</@>' ? from - 1 : closing(template, from, '>');
      pieces.push({
        kind: 'tag',
        text: template.slice(from, end),
        name: opening.replace(/^<(\/?)#?/, '$1').replace(/>$/, ''),
      });
      at = end + 1;
    }
    OPENING.lastIndex = at;
  }
  if (at < template.length) pieces.push({ kind: 'text', text: template.slice(at), name: '' });
  return stripLines(pieces);
}

function endOf(template: string, mark: string, from: number): number {
  const found = template.indexOf(mark, from);
  if (found < 0) throw new TemplateError(`Syntax error in template: ${mark} is missing.`);
  return found;
}

/** Where the bracket closes, outside of texts and inner brackets; `>=` is no end of a tag. */
function closing(template: string, from: number, bracket: string): number {
  let depth = 0;
  for (let at = from; at < template.length; at++) {
    const char = template[at] ?? '';
    if (char === '"' || char === "'") at = endOfText(template, at, char);
    else if (depth === 0 && char === bracket && !(bracket === '>' && template[at + 1] === '=')) return at;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
  }
  throw new TemplateError(`Syntax error in template: ${bracket} is missing.`);
}

function endOfText(template: string, from: number, quote: string): number {
  for (let at = from + 1; at < template.length; at++) {
    if (template[at] === '\\') at++;
    else if (template[at] === quote) return at;
  }
  throw new TemplateError(`Syntax error in template: the closing ${quote} is missing.`);
}

const strippable = (piece: Piece | undefined): boolean =>
  piece !== undefined &&
  (piece.kind === 'comment' || (piece.kind === 'tag' && !piece.name.includes('@') && piece.name !== 'nested'));

const blank = (piece: Piece | undefined): boolean => piece?.kind === 'text' && /^[ \t]*$/.test(piece.text);

/** FreeMarker's white-space stripping: a line of directives and comments alone leaves nothing behind. */
function stripLines(pieces: Piece[]): Piece[] {
  // Found first and cut afterwards: the line break that one line gives up is where the next begins.
  const ends = new Set<Piece>();
  const starts = new Set<Piece>();
  for (let at = 0; at < pieces.length; at++) {
    if (!strippable(pieces[at])) continue;
    let last = at;
    while (strippable(pieces[last + 1]) || (blank(pieces[last + 1]) && strippable(pieces[last + 2]))) last++;
    const [before, behind] = [pieces[at - 1], pieces[last + 1]];
    const opens = !before || (before.kind === 'text' && (/\n[ \t]*$/.test(before.text) || (at === 1 && blank(before))));
    const closes =
      !behind ||
      (behind.kind === 'text' && (/^[ \t]*\r?\n/.test(behind.text) || (last + 2 === pieces.length && blank(behind))));
    if (opens && closes) {
      if (before) ends.add(before);
      if (behind) starts.add(behind);
    }
    at = last;
  }
  for (const piece of starts) piece.text = piece.text.replace(/^[ \t]*(?:\r?\n)?/, '');
  for (const piece of ends) piece.text = piece.text.replace(/[ \t]*$/, '');
  return pieces;
}
