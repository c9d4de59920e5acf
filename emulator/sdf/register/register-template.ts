import type { Account, RecordData } from '../../kernel/types';
import { value, type SdfObject } from '../types';

const TYPE = 'advancedpdftemplate';

const scriptIdOf = (scriptId: string): string => scriptId.toLowerCase();

const findByScriptId = (account: Account, scriptId: string): RecordData | undefined =>
  account.store.list(TYPE).find(({ fields }) => fields.scriptid === scriptIdOf(scriptId));

/** By internal id or script id. */
export const findTemplate = (account: Account, id: string): RecordData | undefined =>
  /^\d+$/.test(id) ? account.store.get(TYPE, id) : findByScriptId(account, id);

/** An advanced PDF/HTML template; its markup lies in a file beside it. */
export function registerTemplate(account: Account, { root, scriptId }: SdfObject): void {
  const known = findByScriptId(account, scriptId);
  account.store.put({
    type: TYPE,
    id: known?.id ?? null,
    externalId: null,
    version: known?.version ?? 0,
    fields: {
      title: value(root, 'title') ?? scriptId,
      scriptid: scriptIdOf(scriptId),
      content: value(root, 'content') ?? known?.fields.content ?? null,
    },
    sublists: {},
    subrecords: {},
  });
}

/** The markup of templates by the names of their files: `custtmpl_x.template.xml` belongs to `custtmpl_x.xml` (page subsect_1537555588). */
export function storeMarkup(account: Account, objects: SdfObject[], markup: Map<string, string>): void {
  for (const { component, root, scriptId } of objects) {
    const content = markup.get(component.replace(/^.*\/|\.xml$/g, ''));
    const found = root.tag === TYPE && content !== undefined ? findByScriptId(account, scriptId) : undefined;
    if (found && content !== undefined) account.store.put({ ...found, fields: { ...found.fields, content } });
  }
}
