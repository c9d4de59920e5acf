import { isHash, LOOP, missingValue, plain, TemplateError, type Loop, type Scope } from './model';
import { printText } from './print-value';
import { leaving, type BlockParser, type Directive, type Node } from './walk';

/** `<#list xs as x>`, `<#list map as k, v>`, `<#list xs>…<#items as x>`, with `<#sep>` and `<#else>`. */
export const list: Directive = (parser, text) => {
  const expression = parser.expression(text);
  const source = expression.expression();
  const names = expression.takes('as')
    ? [expression.name(), ...(expression.takes(',') ? [expression.name()] : [])]
    : [];
  const what = source.source ?? text;
  if (names.length > 0) {
    const body = loopBody(parser, ['else', '/list']);
    const otherwise = body.end === 'else' ? parser.block('/list').run : undefined;
    return (scope, out) => {
      const found = entries(source(scope), what);
      if (found.length === 0) otherwise?.(scope, out);
      else loop(found, names, body.run, scope, out);
    };
  }
  const before = parser.block('items');
  const inner = parser.expression(before.text);
  if (!inner.takes('as')) inner.fail('expected as');
  const own = [inner.name(), ...(inner.takes(',') ? [inner.name()] : [])];
  const body = loopBody(parser, ['/items']);
  const behind = parser.block('else', '/list');
  const otherwise = behind.end === 'else' ? parser.block('/list').run : undefined;
  return (scope, out) => {
    const found = entries(source(scope), what);
    if (found.length === 0) return otherwise?.(scope, out);
    before.run(scope, out);
    loop(found, own, body.run, scope, out);
    behind.run(scope, out);
  };
};

/** What is repeated; what stands behind `<#sep>` is left out after the last item. */
function loopBody(parser: BlockParser, ends: string[]): { run: (last: boolean) => Node; end: string } {
  const first = parser.block('sep', ...ends);
  if (first.end !== 'sep') return { run: () => first.run, end: first.end };
  const separator = parser.block('/sep', ...ends);
  const rest = separator.end === '/sep' ? parser.block(...ends) : undefined;
  const run =
    (last: boolean): Node =>
    (scope, out) => {
      first.run(scope, out);
      if (!last) separator.run(scope, out);
      rest?.run(scope, out);
    };
  return { run, end: rest?.end ?? separator.end };
}

function loop(found: unknown[][], names: string[], body: (last: boolean) => Node, scope: Scope, out: string[]): void {
  const [name = ''] = names;
  leaving('break', () => {
    found.forEach((values, index) => {
      const loop: Loop = { index, size: found.length };
      const last = index === found.length - 1;
      const inner = scope.inner([
        ...names.map((given, at): [string, unknown] => [given, values[at]]),
        [`${LOOP}${name}`, loop],
        [`${name}_index`, index],
        [`${name}_has_next`, !last],
      ]);
      leaving('continue', () => body(last)(inner, out));
    });
  });
}

function entries(given: unknown, source: string): unknown[][] {
  const value = plain(given);
  if (value === undefined || value === null) throw missingValue(source);
  if (Array.isArray(value)) return value.map((item: unknown) => [item]);
  if (isHash(value)) return Object.entries(value);
  throw new TemplateError(`Expected a sequence, but this has evaluated to: ${printText(given, source)}\n==> ${source}`);
}
