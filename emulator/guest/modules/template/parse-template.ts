import { unsupported } from '../../errors';
import { DIRECTIVES } from './directives';
import { TemplateError, type Expression } from './model';
import { ExpressionParser } from './parse-expression';
import { printText } from './print-value';
import { splitTemplate, type Piece } from './split-template';
import type { BlockParser, Node } from './walk';

/** Reads the pieces of a template into nodes. */
export class TemplateParser implements BlockParser {
  private readonly pieces: Piece[];
  private at = 0;

  constructor(template: string) {
    this.pieces = splitTemplate(template);
  }

  expression(source: string): ExpressionParser {
    return new ExpressionParser(source, interpolated);
  }

  block(...ends: string[]): { run: Node; end: string; text: string } {
    const nodes: Node[] = [];
    while (this.at < this.pieces.length) {
      const piece = this.pieces[this.at++];
      if (piece?.kind === 'text') nodes.push((_, out) => out.push(piece.text));
      else if (piece?.kind === 'value') nodes.push(this.value(piece));
      else if (piece?.kind === 'tag') {
        if (ends.includes(piece.name)) return { run: sequence(nodes), end: piece.name, text: piece.text };
        nodes.push(this.directive(piece));
      }
    }
    if (ends.length > 0) throw new TemplateError(`Syntax error in template: <${ends.at(-1) ?? ''}> is missing.`);
    return { run: sequence(nodes), end: '', text: '' };
  }

  private value(piece: Piece): Node {
    const found = this.expression(piece.text).whole();
    return (scope, out) => out.push(printText(found(scope), piece.text.trim()));
  }

  private directive(piece: Piece): Node {
    const { name } = piece;
    const made = name.startsWith('@')
      ? DIRECTIVES['@']
      : Object.hasOwn(DIRECTIVES, name)
        ? DIRECTIVES[name]
        : undefined;
    if (!made)
      throw unsupported(
        `The template directive <${name.startsWith('/') ? '/#' : '#'}${name.replace('/', '')}${piece.text}>`,
      );
    return made(this, piece.text.replace(/\/$/, ''), { name, empty: piece.text.endsWith('/') });
  }
}

const sequence =
  (nodes: Node[]): Node =>
  (scope, out) => {
    for (const node of nodes) node(scope, out);
  };

/** A string with interpolations of its own: "Order ${id}". */
function interpolated(text: string): Expression {
  const { run } = new TemplateParser(text).block();
  return (scope) => {
    const out: string[] = [];
    run(scope, out);
    return out.join('');
  };
}
