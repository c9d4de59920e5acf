import { execFileSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(() => box.close());

const MADE = `const text = (name, contents) => file.create({ name, fileType: 'PLAINTEXT', contents });`;
const run = (body: string): Promise<unknown> => runCode(box, 'compress file runtime', `${MADE}\n${body}`);

describe('N/compress (section_158584507367)', () => {
  it('packs a file as gzip does, and unpacks it with its name and type (section_158584918027, section_158584955171)', async () => {
    const [name, type, packed, ...back] = (await run(`
      const packed = compress.gzip({ file: text('größe.txt', 'grün\\n'.repeat(99)), level: 9 });
      const again = compress.gunzip({ file: packed });
      return [packed.name, packed.fileType, packed.getContents(), again.name, again.fileType, again.getContents()];`)) as string[];
    expect([name, type, ...back]).toEqual(['größe.txt.gz', 'GZIP', 'größe.txt', 'PLAINTEXT', 'grün\n'.repeat(99)]);
    expect(gunzipSync(Buffer.from(packed ?? '', 'base64')).toString()).toBe('grün\n'.repeat(99));
  });

  it('makes ZIP and TAR archives by the name, 25 units each, and can go on adding (section_158584789142)', async () => {
    const [units, zip, tgz, types] = (await run(`
      const archive = compress.createArchiver();
      archive.add({ file: text('a.txt', 'A') }); archive.add({ file: text('b.txt', 'B'), directory: 'in/deep' });
      const left = () => runtime.getCurrentScript().getRemainingUsage();
      const before = left();
      const zip = archive.archive({ name: 'all.zip' });
      const units = before - left();
      archive.add({ file: text('c.txt', 'C') });
      const tgz = archive.archive({ name: 'all.any', type: 'tgz' });
      return [units, zip.getContents(), tgz.getContents(), [zip.fileType, tgz.fileType]];`)) as [
      number,
      string,
      string,
      string[],
    ];
    expect([units, types]).toEqual([25, ['ZIP', 'TARCOMP']]);
    const zipped = Object.entries(unzipSync(Buffer.from(zip, 'base64')));
    expect(zipped.map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['a.txt', 'A'],
      ['in/deep/b.txt', 'B'],
    ]);
    const tar = (...options: string[]): string =>
      execFileSync('tar', options, { input: gunzipSync(Buffer.from(tgz, 'base64')) }).toString();
    expect([tar('-t'), tar('-xO', 'in/deep/b.txt')]).toEqual(['a.txt\nin/deep/b.txt\nc.txt\n', 'B']);
  });

  it.each([
    [
      'a missing file',
      `compress.gzip({})`,
      'SSS_MISSING_REQD_ARGUMENT',
      'gzip: Missing a required argument: options.file',
    ],
    [
      'what is no file',
      `compress.gzip({ file: 'x' })`,
      'SSS_INVALID_TYPE_ARG',
      'You have entered an invalid type argument: options.file',
    ],
    [
      'a level beyond 9',
      `compress.gzip({ file: text('a', 'a'), level: 10 })`,
      'COMPRESS_API_COMPRESSION_LEVEL_OUT_OF_RANGE',
      'Compression level out of range.',
    ],
    [
      'to unpack what is not packed',
      `compress.gunzip({ file: text('a.gz', 'a') })`,
      'COMPRESS_API_DECOMPRESS_ERROR',
      "Failed to decompress file: 'a.gz'",
    ],
    [
      'an unknown ending',
      `compress.createArchiver().archive({ name: 'a.ZIP' })`,
      'COMPRESS_API_UNRECOGNIZED_ARCHIVE_FILE_EXTENSION',
      "Unrecognized archive file extension: 'a.ZIP'",
    ],
    [
      'an unknown type',
      `compress.createArchiver().archive({ name: 'a.x', type: 'rar' })`,
      'COMPRESS_API_UNSUPPORTED_ARCHIVE_TYPE',
      "Unsupported archive type: 'rar'",
    ],
    [
      'the same path twice',
      `const all = compress.createArchiver(); all.add({ file: text('a', '1') }); all.add({ file: text('a', '2') })`,
      'COMPRESS_API_DUPLICATE_PATH',
      "Duplicate path: 'a'",
    ],
  ])('refuses %s', async (_, call, name, message) => {
    expect(await run(`try { ${call}; return 'done'; } catch (e) { return [e.name, e.message]; }`)).toEqual([
      name,
      message,
    ]);
  });
});

it('N/recordContext tells the countries of a record by its subsidiaries, of unknown ids none (section_158627324548)', async () => {
  await box.seed([
    { type: 'customer', id: '501', fields: { companyname: 'Beta', entityid: 'Beta', subsidiary: '2', currency: '2' } },
  ]);
  const body = `const error = (call) => { try { return call(); } catch (e) { return e.name; } };
    const { getContext } = recordContext;
    return [getContext({ recordType: 'customer', recordId: 501 }), getContext({ record: record.load({ type: 'customer', id: 501 }) }), getContext({ recordType: 'customer', recordId: 9 }),
      error(() => getContext({ recordType: 'none', recordId: 1 })), error(() => getContext({ recordType: 'customer', recordId: 501, contextTypes: ['localization'] }))];`;
  expect(await runCode(box, 'recordContext record', body)).toEqual([
    { localization: ['GB'] },
    { localization: ['GB'] },
    { localization: [] },
    'INVALID_UNSUPRTD_RCRD_TYP',
    'UNKNOWN_CONTEXT_TYPE',
  ]);
});
