import { fault, type Account, type Execution, type Fields, type SyscallTable } from '../kernel/types';
import { findTemplate } from '../sdf/register/register-template';
import { writePdf } from './write-pdf';

/** The texts of a markup, a line for every block. */
export function linesOf(markup: string): string[] {
  const body = /<body[^>]*>([\s\S]*)<\/body>/i.exec(markup)?.[1] ?? markup.replace(/<head[\s\S]*?<\/head>/gi, '');
  return body
    .replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<\/?(?:p|div|tr|table|h\d|li|ul|ol|br|hr|pbr|thead|tbody|section)\b[^>]*>/gi, '\n')
    .replace(/<\/t[dh]>/gi, '  ')
    .replace(/<[^>]+>/g, '')
    .replace(
      /&(#\d+|\w+);/g,
      (whole, code: string) =>
        ENTITIES[code] ?? (code.startsWith('#') ? String.fromCodePoint(Number(code.slice(1))) : whole),
    )
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function renderPdf(account: Account, execution: Execution, args: { api: string | null; markup: string }): string {
  if (args.api !== null) account.charge(execution, args.api);
  return writePdf(linesOf(args.markup)).toString('base64');
}

/** Invoices and credits of an entity that are still open: the lines of a statement. */
function openDocuments(account: Account, execution: Execution, args: { entity: string }): Fields[] {
  account.permissions.requireRecord(execution, 'invoice', 'view');
  return account.store
    .list('invoice')
    .filter(({ fields }) => String(fields.entity) === args.entity && Number(fields.amountremaining ?? 0) > 0)
    .map(({ fields }) => ({
      date: fields.trandate ?? '',
      number: fields.tranid ?? '',
      due: fields.duedate ?? '',
      amount: fields.total ?? 0,
      remaining: fields.amountremaining ?? 0,
    }));
}

/** The markup of a template; an account's standard ones are nowhere told (pages section_4528574899, section_4528552999). */
function readTemplate(account: Account, _execution: Execution, { id }: { id: string }): string {
  const content = findTemplate(account, id)?.fields.content;
  if (typeof content === 'string') return content;
  throw fault('EMULATOR_UNSUPPORTED', `The template ${id} is not available here: only those of deployed projects are.`);
}

export const renderSyscalls: SyscallTable = {
  'render.pdf': renderPdf,
  'render.openDocuments': openDocuments,
  'render.template': readTemplate,
};
