import { encodeFile } from '../../../relay/dispatch/encode-file';
import { FileContents, FileNotRead } from '../../../relay/dispatch/file-contents';

const wanted = { crm: 'salesforce', source: 'salesforce', id: '068' };

describe('contents of files on their way to a call', () => {
  it('a file that takes long is read on while its operation waits, once for all that ask', async () => {
    let arrive: (bytes: Buffer) => void = () => undefined;
    let reads = 0;
    const files = new FileContents(() => {
      reads += 1;
      return new Promise((resolve) => (arrive = resolve));
    }, 1);
    expect(await files.get(wanted)).toEqual({ is: 'loading' });
    expect(await files.get(wanted)).toEqual({ is: 'loading' });
    arrive(Buffer.from('late'));
    expect(await files.get(wanted)).toEqual({ is: 'ready', bytes: Buffer.from('late') });
    expect(reads).toBe(1);
  });

  it('no more than four are in memory at a time', async () => {
    let reads = 0;
    const files = new FileContents(() => {
      reads += 1;
      return new Promise(() => undefined);
    }, 1);
    for (const id of ['1', '2', '3', '4', '5', '6'])
      expect(await files.get({ ...wanted, id })).toEqual({ is: 'loading' });
    expect(reads).toBe(4);
  });

  it('a refusal says what it is, and is asked again the next time', async () => {
    const refusal = new FileNotRead({ class: 'permission', code: 'INSUFFICIENT_ACCESS', message: 'no' });
    const answers: (() => Promise<Buffer>)[] = [
      () => Promise.reject(refusal),
      () => Promise.reject(new Error('socket hang up')),
      () => Promise.resolve(Buffer.from('x')),
    ];
    const files = new FileContents(() => answers.shift()!(), 1_000);
    expect(await files.get(wanted)).toEqual({ is: 'failed', reason: refusal });
    expect(await files.get(wanted)).toMatchObject({
      is: 'failed',
      reason: { class: 'transient', code: 'FILE_NOT_READ' },
    });
    expect(await files.get(wanted)).toMatchObject({ is: 'ready' });
  });
});

describe('how a file travels', () => {
  it.each([
    ['a text in UTF-8 as text, its mark included', 'a.csv', Buffer.from('\ufeffGröße', 'utf8'), 'utf8', '\ufeffGröße'],
    ['a text of another encoding byte by byte', 'a.csv', Buffer.from('Größe', 'latin1'), 'base64', 'R3L232U='],
    ['a page never as a page', 'a.html', Buffer.from('<b>'), 'base64', 'PGI+'],
    ['what is no text as base64', 'a.pdf', Buffer.from('%PDF'), 'base64', 'JVBERg=='],
  ])('%s', (_what, name, bytes, encoding, data) => {
    expect(encodeFile(name, bytes)).toEqual({ encoding, data });
  });
});
