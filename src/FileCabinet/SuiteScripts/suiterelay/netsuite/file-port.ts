import file from 'N/file';
import record from 'N/record';
import type { Files } from '../upsert/ports';
import { nameOf } from '../upsert/operation-failure';
import { topFolder } from './top-folder';

/** What N/file answers for a file that is gone: an unknown id and a forbidden one look the same. */
const GONE = new Set(['RCRD_DSNT_EXIST', 'INSUFFICIENT_PERMISSION', 'FILE_NOT_FOUND']);

/** N/file behind the interface of the upsert logic. */
export const files: Files = {
  find: (id) => {
    try {
      const { name, folder } = file.load({ id });
      return { name, folder };
    } catch (refusal) {
      if (GONE.has(nameOf(refusal))) return null;
      throw refusal;
    }
  },
  folder: topFolder,
  save: ({ folder, name, type, contents, description }) => {
    const text = type === 'MISCBINARY' ? {} : { encoding: file.Encoding.UTF_8 };
    const made = file.create({
      name,
      fileType: file.Type[type as keyof typeof file.Type],
      contents,
      description,
      folder,
      ...text,
    });
    return String(made.save());
  },
  attach: (fileId, type, id) => {
    record.attach({ record: { type: 'file', id: fileId }, to: { type, id } });
  },
};
