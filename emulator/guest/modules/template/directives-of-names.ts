import { TemplateError, type Expression, type Scope } from './model';
import { binary } from './operators';
import type { ExpressionParser } from './parse-expression';
import { Leave, type Directive, type Node } from './walk';

/** Where `assign`, `global` and `local` put a name. */
const target = (scope: Scope, kind: string): Scope => (kind === 'local' ? scope : scope.globals);

/** `<#assign x = 1 y += 2>`, `<#assign x++>`, and `<#assign x>…</#assign>`, which keeps what the block writes. */
export const assign: Directive = (parser, text, { name: kind }) => {
  const expression = parser.expression(text);
  const steps: ((scope: Scope) => void)[] = [];
  while (!expression.ended) {
    const name = expression.name();
    const step = assignment(expression, name);
    if (!step) {
      const { run } = parser.block(`/${kind}`);
      return (scope) => {
        const out: string[] = [];
        run(scope, out);
        target(scope, kind).vars.set(name, out.join(''));
      };
    }
    steps.push((scope) => target(scope, kind).vars.set(name, step(scope)));
    expression.takes(',');
  }
  return (scope) => steps.forEach((step) => step(scope));
};

function assignment(expression: ExpressionParser, name: string): Expression | undefined {
  if (expression.takes('=')) return expression.expression();
  const old: Expression = Object.assign((scope: Scope) => scope.get(name), { source: name });
  if (expression.takes('++')) return binary(old, () => 1, '+');
  if (expression.takes('--')) return binary(old, () => 1, '-');
  for (const sign of ['+', '-', '*', '/', '%'])
    if (expression.takes(`${sign}=`)) return binary(old, expression.expression(), sign);
  return undefined;
}

interface Macro {
  params: { name: string; otherwise?: Expression }[];
  run: Node;
}

/** `<#macro name a b="x">` and `<#function name a>`; they may be called above where they stand. */
export const macro: Directive = (parser, text, { name: kind }) => {
  const expression = parser.expression(text);
  const name = expression.name();
  const params: Macro['params'] = [];
  expression.takes('(');
  while (!expression.ended && !expression.takes(')')) {
    const param = expression.name();
    params.push(expression.takes('=') ? { name: param, otherwise: expression.expression() } : { name: param });
    expression.takes(',');
  }
  const { run } = parser.block(`/${kind}`);
  return (scope) => {
    const made: Macro = { params, run };
    const call = (args: unknown[]): unknown => runMacro(made, scope.globals, args, {}, []);
    scope.globals.vars.set(name, kind === 'function' ? call : made);
  };
};

export const returned: Directive = (parser, text) => {
  const value = text.trim() === '' ? undefined : parser.expression(text).whole();
  return (scope) => {
    throw new Leave('return', value?.(scope));
  };
};

/** `<@name a=1/>`, `<@name 1, 2>nested</@name>`. */
export const userCall: Directive = (parser, text, { name: tag, empty }) => {
  const name = tag.slice(1);
  const expression = parser.expression(text);
  const named: [string, Expression][] = [];
  const given: Expression[] = [];
  while (!expression.ended) {
    if (expression.peek().kind === 'name' && expression.peek(1).text === '=') {
      const param = expression.name();
      expression.expect('=');
      named.push([param, expression.expression()]);
    } else given.push(expression.expression());
    expression.takes(',');
  }
  const nested = empty ? undefined : parser.block(`/@${name}`, '/@').run;
  return (scope, out) => {
    const found = scope.get(name) as Macro | undefined;
    if (!found?.params) throw new TemplateError(`The macro ${name} is not defined.`);
    const values = Object.fromEntries(named.map(([param, value]) => [param, value(scope)]));
    const content = (to: string[]): void => nested?.(scope, to);
    runMacro(
      found,
      scope.globals,
      given.map((value) => value(scope)),
      { ...values, 'nested content': content },
      out,
    );
  };
};

function runMacro(of: Macro, globals: Scope, args: unknown[], named: Record<string, unknown>, out: string[]): unknown {
  const scope = globals.inner(Object.entries(named));
  of.params.forEach(({ name, otherwise }, index) => {
    if (!scope.vars.has(name)) scope.vars.set(name, args[index] ?? otherwise?.(scope));
  });
  try {
    of.run(scope, out);
    return undefined;
  } catch (error) {
    if (error instanceof Leave && error.how === 'return') return error.value;
    throw error;
  }
}
