import { fileTypeOf } from '../../../../../contract/file-types';
import type { WantedFile } from '../../../../../contract/operation';
import type { FilePlan } from './plan-file';
import type { ResolvedOperation } from './resolved-operation';
import { fail } from './operation-failure';
import { textOf } from './normalise';
import { assertInTime, type Done, type WriteContext } from './write-context';

/** Longest beginning of a file's own name that is kept: the key and the extension follow. */
const STEM = 100;
/** The File Cabinet's description field. */
const DESCRIPTION = 999;

/**
 * Saves a file and attaches it. Its name in the File Cabinet carries its key, because a file of the same name in the folder would be
 * overwritten, and two orders may well have a `contract.pdf` each. So the same operation again overwrites its own file, whose id stays.
 */
export function writeFile(resolved: ResolvedOperation, plan: FilePlan, context: WriteContext): Done {
  const { operation } = resolved;
  const { files } = context.tools;
  const { file } = operation;
  if (file?.content === undefined) throw fail('INVALID_VALUE', 'file.content is missing', { field: 'file' });
  assertInTime(context);
  const known = plan.row === null || plan.row.internalId === '' ? null : files.find(plan.row.internalId);
  const wantedName = valueOf(resolved, 'name') ?? operation.key.externalId;
  const id = files.save({
    folder: known?.folder ?? files.folder(file.folder),
    name: known?.name ?? ownName(wantedName, operation.key.externalId),
    type: typeFor(known?.name ?? wantedName, file),
    contents: file.content.data,
    description: (valueOf(resolved, 'description') ?? wantedName).slice(0, DESCRIPTION),
  });
  for (const { type, id: to } of plan.attach) {
    assertInTime(context);
    files.attach(id, type, to);
  }
  const { externalId } = operation.key;
  return { status: known === null ? 'created' : 'updated', internalId: id, externalId, version: operation.version };
}

const typeFor = (name: string, { content }: WantedFile): string => fileTypeOf(name, content?.encoding ?? 'base64');

function valueOf({ body }: ResolvedOperation, field: string): string | null {
  const text = textOf(body.find((wanted) => wanted.field === field)?.value);
  return text === '' ? null : text;
}

/** `contract.pdf` becomes `contract (SF_FILE_069…).pdf`. */
function ownName(name: string, key: string): string {
  const [, stem = name, extension = ''] = /^(.*?)(\.[A-Za-z0-9]{1,10})?$/s.exec(name) ?? [];
  const clean = [...stem].map((one) => (one < ' ' || '/\\:*?"<>|'.includes(one) ? '_' : one)).join('');
  return `${clean.trim().slice(0, STEM)} (${key})${extension}`;
}
