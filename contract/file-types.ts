/**
 * Most bytes of a file that travels through the upsert RESTlet: 10 MB are guaranteed for a request (Oracle page section_4640094112), and
 * base64 makes four characters of three bytes. 7 MiB become 9.8 million characters and leave room for the rest of the request.
 */
export const MAX_FILE_BYTES = 7 * 1024 * 1024;
/** Most characters of a content on the wire, escapes of JSON included. */
export const MAX_FILE_CHARACTERS = 9_900_000;

interface FileKind {
  /** Name in N/file's enumeration of types. */
  type: string;
  extensions: readonly string[];
  /** Content is given as text; otherwise as base64 (Oracle page section_4223861820). */
  text?: true;
}

const KINDS: readonly FileKind[] = [
  { type: 'PDF', extensions: ['pdf'] },
  { type: 'WORD', extensions: ['doc', 'docx'] },
  { type: 'EXCEL', extensions: ['xls', 'xlsx'] },
  { type: 'POWERPOINT', extensions: ['ppt', 'pptx'] },
  { type: 'PNGIMAGE', extensions: ['png'] },
  { type: 'JPGIMAGE', extensions: ['jpg', 'jpeg'] },
  { type: 'GIFIMAGE', extensions: ['gif'] },
  { type: 'BMPIMAGE', extensions: ['bmp'] },
  { type: 'TIFFIMAGE', extensions: ['tif', 'tiff'] },
  { type: 'ZIP', extensions: ['zip'] },
  { type: 'GZIP', extensions: ['gz'] },
  { type: 'TAR', extensions: ['tar'] },
  { type: 'VISIO', extensions: ['vsd'] },
  { type: 'MSPROJECT', extensions: ['mpp'] },
  { type: 'AUTOCAD', extensions: ['dwg'] },
  { type: 'MP3', extensions: ['mp3'] },
  { type: 'PLAINTEXT', extensions: ['txt'], text: true },
  { type: 'CSV', extensions: ['csv'], text: true },
  { type: 'JSON', extensions: ['json'], text: true },
  { type: 'XMLDOC', extensions: ['xml'], text: true },
  { type: 'RTF', extensions: ['rtf'], text: true },
  { type: 'MESSAGERFC', extensions: ['eml'], text: true },
];

const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
const kindOf = (name: string): FileKind | undefined => {
  const extension = extensionOf(name);
  return KINDS.find(({ extensions }) => extensions.includes(extension));
};

/** Whether files of that name are text for NetSuite. Pages and scripts are not: they are kept as they are, never shown or run. */
export const isTextFile = (name: string): boolean => kindOf(name)?.text === true;

/** NetSuite's type for a file of that name. A text that is not UTF-8 is kept byte by byte, as `MISCBINARY`, like all that is unknown. */
export function fileTypeOf(name: string, encoding: 'utf8' | 'base64'): string {
  const kind = kindOf(name);
  return kind === undefined || (kind.text === true) !== (encoding === 'utf8') ? 'MISCBINARY' : kind.type;
}
