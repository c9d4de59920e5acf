import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';

async function render(template: string, data: object): Promise<unknown> {
  const account = await openDeployedAccount({
    scripts: [
      restletSpec(
        'x',
        ['N/render'],
        `const r = render.create(); r.templateContent = args.template;
         r.addCustomDataSource({alias: 'd', format: render.DataSource.OBJECT, data: args.data});
         try { return r.renderAsString() } catch (e) { return e.message }`,
      ),
    ],
  });
  try {
    return (await postTo(account, 'x', { template, data: data as never })).body;
  } finally {
    await account.close();
  }
}

describe('N/render templates as text (section_4412042910)', () => {
  it('fills values, lists and conditions', async () => {
    const template =
      'Dear ${d.name?upper_case}<#-- c -->,<#list d.lines as l> ${l.n}x${l.item}<#if l.n == 1>!<#else>.</#if></#list><#if d.note?has_content> ${d.note}</#if> ${d.none!"-"}';
    expect(
      await render(template, {
        name: 'Ann',
        lines: [
          { n: 1, item: 'A' },
          { n: 2, item: 'B' },
        ],
        note: '',
      }),
    ).toBe('Dear ANN, 1xA! 2xB. -');
  });

  it('names what it can not do', async () => {
    expect(await render('<#macro x></#macro>', {})).toBe(
      'The template directive <#macro x> is not available in this emulator.',
    );
    expect(await render('${d.a?date}', { a: 1 })).toBe(
      'The template built-in ?date is not available in this emulator.',
    );
  });
});
