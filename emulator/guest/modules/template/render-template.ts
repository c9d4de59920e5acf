import { guardTemplate, Scope, type Data } from './model';
import { TemplateParser } from './parse-template';

/**
 * FreeMarker, the language of NetSuite's templates (bridgehead_3785741842): interpolations, expressions with operators, defaults and
 * built-ins, and the directives if, list, switch, assign, macro, function, attempt, noparse and compress. What it lacks throws by name.
 */
export function renderTemplate(template: string, data: Data): string {
  return guardTemplate(() => {
    const { run } = new TemplateParser(template).block();
    const out: string[] = [];
    run(new Scope(new Scope(undefined, new Map(Object.entries(data)))), out);
    return out.join('');
  });
}
