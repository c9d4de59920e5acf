import { MAX_FILE_BYTES, type DirectRecord } from '../contract';
import { applyTransforms } from './apply-transforms';
import { buildExternalId } from './external-id';
import type { Flow } from './flow-schema';
import { atField, problemAt } from './map-problem-error';
import { pathName, readPath } from './read-path';
import type { MapContext, TransformContext } from './types';
import { usableId } from './usable-id';

const inMegabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;

/** Which file of the CRM is wanted, and where it goes. Its content is read right before it is sent. */
export function mapFile({ file, crm }: Flow, record: unknown, { settings }: MapContext): Pick<DirectRecord, 'file'> {
  if (file === undefined) return {};
  const id = readPath(record, file.content).value;
  const bytes = Number(readPath(record, file.bytes).value);
  if ((typeof id !== 'string' && typeof id !== 'number') || !Number.isInteger(bytes) || bytes < 0) {
    const name = pathName(typeof id === 'string' ? file.bytes : file.content);
    throw problemAt(
      name,
      'MAPPING_FAILED',
      `${name} is empty: the CRM holds no content of this file.`,
      'Nothing can be copied; put a link on the order if it is needed, then resolve this.',
    );
  }
  if (bytes > MAX_FILE_BYTES) {
    throw problemAt(
      pathName(file.bytes),
      'FILE_TOO_LARGE',
      `The file has ${inMegabytes(bytes)}; one of at most ${inMegabytes(MAX_FILE_BYTES)} fits into a call of NetSuite. It was not copied, and nothing waits for it.`,
      'Put it into the File Cabinet by hand and attach it to the order, or make it smaller in the CRM; then resolve this.',
    );
  }
  const folder = settings['filesFolder'];
  return {
    file: {
      source: { crm, id: String(id) },
      bytes,
      folder: typeof folder === 'string' && folder !== '' ? folder : file.folder,
    },
  };
}

type Attachment = { recordType: string; externalId: string };

/** The records that the file belongs to. Each has to be there first. */
export function mapAttachments(flow: Flow, record: unknown, context: TransformContext): Attachment[] {
  return flow.attachTo.flatMap((rule) => {
    const { value } = readPath(record, rule.from);
    const ids: unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
    const name = pathName(rule.from);
    return ids.flatMap((one) => {
      const id = atField(name, () => applyTransforms(one, rule.transform, context));
      if (typeof id !== 'string' || id === '') return [];
      const externalId = usableId(name, buildExternalId(rule.prefix, id, context.settings));
      return [{ recordType: rule.recordType, externalId }];
    });
  });
}
