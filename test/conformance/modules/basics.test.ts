import type { AccountKernel } from '../../../emulator/kernel/account';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';

const run = async (
  modules: string[],
  code: string,
  config = {},
): Promise<{ body: unknown; error?: unknown; account: AccountKernel }> => {
  const account = await openDeployedAccount({ scripts: [restletSpec('x', modules, code)], config });
  const result = await postTo(account, 'x');
  await account.close();
  return { ...result, account };
};

describe('N/encode and N/crypto (sections 4369847722, 4358549582)', () => {
  it('converts between text, base64 and upper-case hex', async () => {
    const { body } = await run(
      ['N/encode'],
      `const to = (string, inputEncoding, outputEncoding) => N_convert(string, inputEncoding, outputEncoding);
       function N_convert(s, i, o) { return encode.convert({string: s, inputEncoding: i, outputEncoding: o}); }
       return [to('Grüße', 'UTF_8', 'BASE_64'), to('A', 'UTF_8', 'HEX'), to('R3LDvMOfZQ==', 'BASE_64', 'UTF_8'), to('foobar', 'UTF_8', 'BASE_32')];`,
    );
    expect(body).toEqual(['R3LDvMOfZQ==', '41', 'Grüße', 'MZXW6YTBOI======']);
  });

  it('signs with an API secret that the script never sees, HEX being the default of keys and digests', async () => {
    const { body } = await run(
      ['N/crypto', 'N/encode'],
      `const key = crypto.createSecretKey({secret: 'custsecret_hook', encoding: encode.Encoding.UTF_8});
       const hmac = crypto.createHmac({algorithm: crypto.HashAlg.SHA256, key});
       hmac.update({input: 'The quick brown fox jumps over the lazy dog'});
       return { digest: hmac.digest(), key: JSON.stringify(key) };`,
      { secrets: { custsecret_hook: 'key' } },
    );
    expect(body).toEqual({
      digest: 'F7BC83F430538424B13298E6AA6FB143EF4D59A14946175997479DBC2D1A3CD8',
      key: '{"guid":null,"encoding":"UTF_8"}',
    });
  });

  it('refuses obsolete algorithms and keys that are no SecretKey', async () => {
    const { body } = await run(
      ['N/crypto'],
      `const name = (f) => { try { f(); return null } catch (e) { return e.name } };
       return [name(() => crypto.createHash({algorithm: 'SHA1'})), name(() => crypto.createHash({algorithm: 'sha256'})),
         name(() => crypto.createHmac({algorithm: 'SHA256', key: 'text'})), name(() => crypto.createSecretKey({guid: 'a', secret: 'b'}))];`,
    );
    expect(body).toEqual([
      'HASHING_ALGORITHM_IS_NO_LONGER_VALID',
      'INVALID_ENUM_TYPE_VALUE',
      'UNEXPECTED_ERROR',
      'MUTUALLY_EXCLUSIVE_ARGUMENTS',
    ]);
  });
});

describe('N/cache (section_4642573343)', () => {
  it('keeps text for at least 300 seconds on the virtual clock and bills 1, 1 and 2 units', async () => {
    const account = await openDeployedAccount({
      scripts: [
        restletSpec(
          'x',
          ['N/cache', 'N/runtime'],
          `const c = cache.getCache({name: 'n', scope: 'public'});
           const used = (f) => { const before = runtime.getCurrentScript().getRemainingUsage(); const value = f(); return [value, before - runtime.getCurrentScript().getRemainingUsage()]; };
           return [used(() => c.get({key: 'k'})), used(() => c.get({key: 'none', loader: () => null})), used(() => c.get({key: 'none'})),
             used(() => c.get({key: 'k', ttl: 300, loader: ({key}) => ({loaded: key})})), used(() => c.get({key: 'k'}))];`,
        ),
        restletSpec(
          'read',
          ['N/cache'],
          `return [cache.getCache({name: 'n', scope: cache.Scope.PUBLIC}).get({key: 'k'}), cache.getCache({name: 'n'}).get({key: 'k'})];`,
        ),
      ],
    });
    try {
      expect((await postTo(account, 'x')).body).toEqual([
        [null, 1],
        [null, 2],
        [null, 1],
        ['{"loaded":"k"}', 2],
        ['{"loaded":"k"}', 1],
      ]);
      expect((await postTo(account, 'read')).body).toEqual(['{"loaded":"k"}', null]);
      account.clock.advance(301_000);
      expect((await postTo(account, 'read')).body).toEqual([null, null]);
    } finally {
      await account.close();
    }
  });

  it('refuses short lifetimes by the observed message', async () => {
    const { body } = await run(
      ['N/cache'],
      `try { cache.getCache('n').put({key: 'k', value: 1, ttl: 60}) } catch (e) { return [e.name, e.message] }`,
    );
    expect(body).toEqual(['SSS_INVALID_TYPE_ARG', 'Input value ttl must be greater than or equal to 300.']);
  });
});

describe('N/file (section_4205693274)', () => {
  it('writes, finds by path, reads by line, and bills 20 and 10', async () => {
    const account = await openDeployedAccount({
      scripts: [
        restletSpec(
          'x',
          ['N/file', 'N/runtime'],
          `const left = () => runtime.getCurrentScript().getRemainingUsage();
           const start = left();
           const made = file.create({name: 'a.csv', fileType: file.Type.CSV, contents: 'id,name\\n1,Ann\\n', folder: -15});
           const id = made.save();
           const saved = start - left();
           const back = file.load('SuiteScripts/a.csv');
           const lines = [];
           back.lines.iterator().each((line) => { lines.push(line.value); return true; });
           return {same: back.id === id, lines, path: back.path, size: back.size, saved, both: start - left(), text: back.isText};`,
        ),
      ],
    });
    try {
      const { body } = await postTo(account, 'x');
      expect(body).toEqual({
        same: true,
        lines: ['id,name', '1,Ann'],
        path: 'SuiteScripts/a.csv',
        size: 14,
        saved: 20,
        both: 30,
        text: true,
      });
      expect(account.ledgers.list('files')).toMatchObject([
        { name: 'a.csv', fileType: 'CSV', contents: 'id,name\n1,Ann\n', scriptId: 'customscript_x' },
      ]);
    } finally {
      await account.close();
    }
  });

  it('keeps what a file holds after its save: it can be read, added to and saved again', async () => {
    const { body } = await run(
      ['N/file'],
      `const made = file.create({name: 'b.txt', fileType: 'PLAINTEXT', contents: 'one', folder: -15});
       const id = made.save();
       made.append({value: ' two'});
       const again = made.save();
       const back = file.load(id);
       back.append({value: ' three'});
       back.save();
       return [id === again, made.getContents(), back.getContents(), file.load(id).getContents()];`,
    );
    expect(body).toEqual([true, 'one two', 'one two three', 'one two three']);
  });

  it('finds a path that begins at the folder of the script (section_4226574300)', async () => {
    const { body } = await run(
      ['N/file'],
      `file.create({name: 'near.txt', fileType: 'PLAINTEXT', contents: 'near', folder: -15}).save();
       return ['./near.txt', '../SuiteScripts/near.txt'].map((id) => file.load({id}).getContents());`,
    );
    expect(body).toEqual(['near', 'near']);
  });

  it('tells unknown ids from unknown paths', async () => {
    const { body } = await run(
      ['N/file'],
      `const of = (f) => { try { f() } catch (e) { return [e.name, e.message] } };
       return [of(() => file.load({id: 99999})), of(() => file.load({id: 'SuiteScripts/none.txt'})), of(() => file.create({name: 'x'})), of(() => file.create({name: 'x', fileType: 'PLAINTEXT', folder: 4711}).save())];`,
    );
    expect(body).toEqual([
      ['INSUFFICIENT_PERMISSION', 'You do not have access to the media item you selected.'],
      ['RCRD_DSNT_EXIST', 'That record does not exist. path: SuiteScripts/none.txt'],
      ['SSS_MISSING_REQD_ARGUMENT', 'file.create: Missing a required argument: fileType'],
      ['INVALID_KEY_OR_REF', 'Invalid folder reference key 4711.'],
    ]);
  });
});
