import { deployProject } from '../../../emulator/sdf/deploy-project';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';
import { projectFiles } from '../sdf/project';

const MARKUP = `<?xml version="1.0"?><!DOCTYPE pdf PUBLIC "-//big.faceless.org//report" "report-1.1.dtd">
<pdf><body><#if data.total gt 5>Much</#if> for \${data.who}<br></body></pdf>`;

const MANIFEST = `<manifest projecttype="ACCOUNTCUSTOMIZATION"><projectname>Letters</projectname><frameworkversion>1.0</frameworkversion><dependencies><features>
${['CUSTOMRECORDS', 'SERVERSIDESCRIPTING', 'ADVANCEDPRINTING'].map((id) => `<feature required="true">${id}</feature>`).join('')}</features></dependencies></manifest>`;

describe('templates of a deployed project (subsect_1537555588)', () => {
  it('may be no XML of their own, and are set by script id or internal id for nothing (sections 4528574899, 4528552999)', async () => {
    const account = await openDeployedAccount({
      scripts: [
        restletSpec(
          'x',
          ['N/render'],
          `const render_ = render; const said = (set) => { const made = render_.create(); try { set(made) } catch (e) { return e.name } made.addCustomDataSource({ alias: 'data', format: render_.DataSource.OBJECT, data: { total: 7, who: 'Ann' } }); return made.renderAsString() };
return [said((r) => r.setTemplateByScriptId({ scriptId: 'CUSTTMPL_LETTER' })), said((r) => r.setTemplateById({ id: args.id })), said((r) => r.setTemplateById(args.id)),
said((r) => r.setTemplateByScriptId({ scriptId: 'STDTMPLPRICELIST' })), said((r) => r.setTemplateByScriptId({}))]`,
        ),
      ],
    });
    try {
      const findings = deployProject(
        account,
        projectFiles({
          'manifest.xml': MANIFEST,
          'Objects/custtmpl_letter.xml':
            '<advancedpdftemplate scriptid="custtmpl_letter"><title>Letter</title><preferred>F</preferred></advancedpdftemplate>',
          'Objects/custtmpl_letter.template.xml': MARKUP,
        }),
      );
      expect(findings.filter(({ type }) => type === 'ERROR')).toEqual([]);
      const id = account.store.list('advancedpdftemplate')[0]?.id ?? '';
      const { body, execution } = await postTo(account, 'x', { id });
      const printed = expect.stringContaining('<body>Much for Ann<br></body>') as unknown;
      expect(body).toEqual([printed, printed, printed, 'EMULATOR_UNSUPPORTED', 'SSS_MISSING_REQD_ARGUMENT']);
      expect(execution.unitsUsed).toBe(0);
    } finally {
      await account.close();
    }
  });
});
