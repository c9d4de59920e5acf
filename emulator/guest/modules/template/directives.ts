import { assign, macro, returned, userCall } from './directives-of-names';
import { list } from './list-directive';
import { plain, TemplateError, type Expression } from './model';
import { isTrue } from './operators';
import { Leave, leaving, type Directive, type Node } from './walk';

const condition: Directive = (parser, text) => {
  const branches: { holds: Expression | undefined; run: Node }[] = [];
  let holds: (typeof branches)[number]['holds'] = parser.expression(text).whole();
  for (;;) {
    const block = parser.block('elseif', 'else', '/if');
    branches.push({ holds, run: block.run });
    if (block.end === '/if') break;
    holds = block.end === 'elseif' ? parser.expression(block.text).whole() : undefined;
  }
  return (scope, out) => branches.find((branch) => !branch.holds || isTrue(branch.holds(scope)))?.run(scope, out);
};

const choice: Directive = (parser, text) => {
  const value = parser.expression(text).whole();
  const cases: { of: Expression | undefined; run: Node }[] = [];
  let block = parser.block('case', 'default', '/switch');
  while (block.end !== '/switch') {
    const of = block.end === 'case' ? parser.expression(block.text).whole() : undefined;
    block = parser.block('case', 'default', '/switch');
    cases.push({ of, run: block.run });
  }
  return (scope, out) => {
    const wanted = plain(value(scope));
    const found = cases.findIndex(({ of }) => of && plain(of(scope)) === wanted);
    const from = found >= 0 ? found : cases.findIndex(({ of }) => !of);
    if (from < 0) return;
    leaving('break', () => cases.slice(from).forEach(({ run }) => run(scope, out)));
  };
};

const attempt: Directive = (parser) => {
  const tried = parser.block('recover').run;
  const otherwise = parser.block('/attempt', '/recover').run;
  return (scope, out) => {
    const own: string[] = [];
    try {
      tried(scope, own);
      out.push(...own);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      otherwise(scope, out);
    }
  };
};

const compress: Directive = (parser) => {
  const { run } = parser.block('/compress');
  return (scope, out) => {
    const own: string[] = [];
    run(scope, own);
    out.push(
      own
        .join('')
        .replace(/\s*\n\s*/g, '\n')
        .replace(/[ \t]+/g, ' ')
        .trim(),
    );
  };
};

const nothing: Directive = () => () => undefined;

/** The directives of FreeMarker that templates of NetSuite use; others throw and name themselves. */
export const DIRECTIVES: Record<string, Directive> = {
  if: condition,
  list,
  switch: choice,
  assign,
  global: assign,
  local: assign,
  macro,
  function: macro,
  return: returned,
  '@': userCall,
  attempt,
  compress,
  nested: () => (scope, out) => (scope.get('nested content') as ((out: string[]) => void) | undefined)?.(out),
  break: () => () => {
    throw new Leave('break');
  },
  continue: () => () => {
    throw new Leave('continue');
  },
  ftl: nothing,
  t: nothing,
  lt: nothing,
  rt: nothing,
  nt: nothing,
  stop: (parser, text) => {
    const why = text.trim() === '' ? undefined : parser.expression(text).whole();
    return (scope) => {
      throw new TemplateError(`Encountered stop instruction${why ? `\nCause given: ${String(why(scope))}` : ''}`);
    };
  },
};
