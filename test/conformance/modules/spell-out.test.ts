import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';

describe('format.spellOut (section_1549297222)', () => {
  it('says numbers in English and Spanish for nothing, and refuses other languages by name', async () => {
    const account = await openDeployedAccount({
      scripts: [
        restletSpec(
          'x',
          ['N/format/i18n'],
          `return args.map(([number, locale]) => { try { return format_i18n.spellOut({ number, locale }) } catch (e) { return e.name } })`,
        ),
      ],
    });
    const cases: [number | string | null, string | null, string][] = [
      [0, 'EN', 'zero'],
      [12345, 'en_US', 'twelve thousand three hundred forty-five'],
      [1_000_100, 'en', 'one million one hundred'],
      [2_000_000_021, 'en', 'two billion twenty-one'],
      [-7.05, 'en', 'minus seven point zero five'],
      [100, 'ES', 'cien'],
      [121, 'es', 'ciento veintiuno'],
      [1999, 'es', 'mil novecientos noventa y nueve'],
      [21_531, 'es', 'veintiún mil quinientos treinta y uno'],
      [1_001_000, 'es', 'un millón mil'],
      [31_000_700, 'es', 'treinta y un millones setecientos'],
      [1500.75, 'ES', 'mil quinientos coma siete cinco'],
      [5, 'DE', 'EMULATOR_UNSUPPORTED'],
      [1e21, 'en', 'EMULATOR_UNSUPPORTED'],
      [5, null, 'SSS_MISSING_REQD_ARGUMENT'],
      [null, 'en', 'SSS_MISSING_REQD_ARGUMENT'],
      ['5', 'en', 'SSS_INVALID_TYPE_ARG'],
    ];
    try {
      const { body, execution } = await postTo(
        account,
        'x',
        cases.map(([number, locale]) => [number, locale]),
      );
      expect(body).toEqual(cases.map(([, , expected]) => expected));
      expect(execution.unitsUsed).toBe(0);
    } finally {
      await account.close();
    }
  });
});
