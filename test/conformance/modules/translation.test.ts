import type { AccountKernel } from '../../../emulator/kernel/account';
import { deployProject } from '../../../emulator/sdf/deploy-project';
import type { Json } from '../../../emulator/kernel/types';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';
import { projectFiles } from '../sdf/project';

const COLLECTION = `<translationcollection scriptid="custcollection_greetings"><name>Greetings</name><defaultlanguage>en</defaultlanguage><strings>
<string scriptid="hello"><defaulttranslation>Hello, {1}! It is {2}.</defaulttranslation></string>
<string scriptid="bye"><defaulttranslation>Bye &amp; thanks</defaulttranslation><description>At the end</description></string></strings></translationcollection>`;

const XLIFF = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<xliff xmlns:ns="netsuite" xmlns:ns3="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="netsuite-database" source-language="en" datatype="database" target-language="de-DE"><body><group ns:collection="custcollection_greetings">
<trans-unit id="HELLO"><source>Hello, {1}! It is {2}.</source><target>Es ist {2}, {1}!</target></trans-unit></group></body></file></xliff>`;

const DEPLOY =
  '<deploy><files><path>~/FileCabinet/SuiteScripts/*</path></files><objects><path>~/Objects/*</path></objects><translationimports><path>~/Translations/*</path></translationimports></deploy>';

let account: AccountKernel;
afterEach(() => account.close());

/** What a RESTlet answers in an account with that project, and the units it cost. */
async function run(code: string, config = {}): Promise<{ body: Json; units: number }> {
  account = await openDeployedAccount({ scripts: [restletSpec('x', ['N/translation'], code)], config });
  const findings = deployProject(
    account,
    projectFiles({
      'deploy.xml': DEPLOY,
      'Objects/custcollection_greetings.xml': COLLECTION,
      'Translations/custcollection_greetings_en_de_DE.xlf': XLIFF,
    }),
  );
  expect(findings).toEqual([]);
  const { body, error, execution } = await postTo(account, 'x');
  return { body: (error ? { error: error.name } : body) as Json, units: execution.unitsUsed };
}

describe('translations of a deployed project (sections 1552071708, 1557770163)', () => {
  it('are read by key in any case, with parameters in their places, one unit each (section_1541707388)', async () => {
    const { body, units } =
      await run(`const get = (key, locale) => translation.get({ collection: 'custcollection_greetings', key, locale });
return [get('HELLO')({ params: ['Ann', 'late'] }), get('hello', 'de_DE')({ params: ['Ann', 'spät'] }), get('HELLO')(), get('bye')()]`);
    expect(body).toEqual(['Hello, Ann! It is late.', 'Es ist spät, Ann!', 'Hello, {1}! It is {2}.', 'Bye & thanks']);
    expect(units).toBe(4);
  });

  it("read in the user's language where it has them, else in the collection's own", async () => {
    const { body } = await run(
      `const get = (key) => translation.get({ collection: 'custcollection_greetings', key })();
return [get('HELLO'), get('BYE'), translation.Locale.CURRENT, translation.Locale.COMPANY_DEFAULT, translation.Locale.fr_FR]`,
      { preferences: { LANGUAGE: 'de_DE' } },
    );
    expect(body).toEqual(['Es ist {2}, {1}!', 'Bye & thanks', 'de_DE', 'en_US', 'fr_FR']);
  });

  it('are loaded for several locales, of which one is selected, for ten units (sections 1541708603, 1541708921)', async () => {
    const { body, units } = await run(`const handle = translation.load({
  collections: [{ alias: 'mine', collection: 'custcollection_greetings', keys: ['HELLO', 'BYE'] }], locales: ['en_US', translation.Locale.de_DE] });
const german = translation.selectLocale({ handle, locale: 'de_DE' });
return [String(handle), handle.mine.HELLO({ params: ['A', 'b'] }), german.mine.HELLO({ params: ['A', 'b'] }), german.mine.BYE()]`);
    expect(body).toEqual(['translation.Handle', 'Hello, A! It is b.', 'Es ist b, A!', 'Bye & thanks']);
    expect(units).toBe(10);
  });

  it('refuse what their pages refuse (sections 1541707388, 1541708603, 1541708921, 1541706219)', async () => {
    const { body } = await run(
      `const own = { collection: 'custcollection_greetings', key: 'HELLO' };
const load = (more, locales) => translation.load({ collections: [{ alias: 'a', collection: 'custcollection_greetings', keys: ['HELLO'], ...more }], locales });
return Object.fromEntries(Object.entries({
  'no key': () => translation.get({ collection: own.collection }),
  'a key of no form': () => translation.get({ ...own, key: 'a b' }),
  'a collection of no form': () => translation.get({ ...own, collection: 'greetings' }),
  'an unknown key': () => translation.get({ ...own, key: 'NONE' }),
  'an unknown locale': () => translation.get({ ...own, locale: 'xx_XX' }),
  'a locale that is not enabled': () => translation.get({ ...own, locale: 'fr_FR' }),
  'text for parameters': () => translation.get(own)({ params: 'Ann' }),
  'no collections': () => translation.load({ collections: [] }),
  'one collection without a list': () => translation.load({ collections: own }),
  'keys without a list': () => load({ keys: 'HELLO' }),
  'an alias of no form': () => load({ alias: 'a b' }),
  'locales without a list': () => load({}, 'de_DE'),
  'a locale that was not loaded': () => translation.selectLocale({ handle: load({}), locale: 'de_DE' }),
  'another object for a handle': () => translation.selectLocale({ handle: {}, locale: 'de_DE' }),
  'JSON of a handle': () => JSON.stringify(load({})),
}).map(([what, code]) => { try { code(); return [what, 'taken'] } catch (e) { return [what, e.name] } }))`,
      { settings: { enabledLocales: ['en_US', 'de_DE'] } },
    );
    expect(body).toEqual({
      'no key': 'SSS_MISSING_REQD_ARGUMENT',
      'a key of no form': 'INVALID_TRANSLATION_KEY',
      'a collection of no form': 'INVALID_TRANSLATION_COLLECTION',
      'an unknown key': 'TRANSLATION_KEY_NOT_FOUND',
      'an unknown locale': 'INVALID_LOCALE',
      'a locale that is not enabled': 'INVALID_LOCALE',
      'text for parameters': 'WRONG_PARAMETER_TYPE',
      'no collections': 'SSS_MISSING_REQD_ARGUMENT',
      'one collection without a list': 'WRONG_PARAMETER_TYPE',
      'keys without a list': 'WRONG_PARAMETER_TYPE',
      'an alias of no form': 'INVALID_ALIAS',
      'locales without a list': 'WRONG_PARAMETER_TYPE',
      'a locale that was not loaded': 'INVALID_LOCALE',
      'another object for a handle': 'WRONG_PARAMETER_TYPE',
      'JSON of a handle': 'EMULATOR_UNSUPPORTED',
    });
  });
});
