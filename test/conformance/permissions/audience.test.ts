import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

let box: BlackBox;
let ann: string | undefined;
beforeAll(async () => {
  box = await openBlackBox();
  [ann] = await box.seed([
    { type: 'employee', fields: { firstname: 'Ann', lastname: 'Rep', entityid: 'Ann Rep', subsidiary: '1' } },
  ]);
});
afterAll(async () => box.close());

const script = (type: string, body: string): string =>
  `/**\n * @NApiVersion 2.1\n * @NScriptType ${type}\n */\ndefine(['N/log'], (log) => (${body}));`;

async function call(entity: number, role: number | string, name: string): Promise<number> {
  const { access_token: token } = (await box.control('POST', 'token', { entity, role })) as { access_token: string };
  const kind = name.startsWith('sl') ? 'scriptlet' : 'restlet';
  const answer = await fetch(
    `${box.url}/app/site/hosting/${kind}.nl?script=customscript_${name}&deploy=customdeploy_${name}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  return answer.status;
}

describe('who a deployment runs for (chapter_N2998873, chapter_N2999041)', () => {
  it('status Testing: the owner only, whatever the role of others', async () => {
    const deployments = (id: string): object[] => [
      { deploymentId: `customdeploy_${id}`, status: 'TESTING', ...(id === 'ue' ? { recordType: 'customer' } : {}) },
    ];
    const given = (id: string, type: string, source: string): object => ({
      scriptId: `customscript_${id}`,
      type,
      source,
      deployments: deployments(id),
    });
    await box.control('POST', 'scripts', [
      given('rl', 'restlet', script('Restlet', `{ get: () => 'ran' }`)),
      given('sl', 'suitelet', script('Suitelet', `{ onRequest: ({ response }) => response.write('ran') }`)),
      given('ue', 'userevent', script('UserEventScript', `{ beforeSubmit: () => log.audit('ran', '') }`)),
    ]);
    for (const name of ['rl', 'sl'])
      expect([await call(-5, 3, name), await call(Number(ann), 3, name)]).toEqual([200, 403]);
    const save = (entity: number): Promise<unknown> =>
      box.control('POST', 'ui/save', {
        type: 'customer',
        fields: { companyname: `C${entity}`, subsidiary: '1' },
        as: { entity, role: 3 },
      });
    await save(Number(ann));
    expect(await box.control('GET', 'executions?scriptId=customscript_ue')).toEqual([]);
    await save(-5);
    expect(await box.control('GET', 'executions?scriptId=customscript_ue')).toHaveLength(1);
  });

  it('an SDF deployment without any audience: the owner only; with roles: those roles', async () => {
    const source = script('Restlet', `{ get: () => 'ran' }`);
    await box.control('POST', 'records', [
      { type: 'file', fields: { name: 'audience.js', folder: '-15', fileType: 'JAVASCRIPT', contents: source } },
    ]);
    const object = (id: string, audience: string): object => ({
      xml: `<restlet scriptid="customscript_${id}"><name>${id}</name><scriptfile>[/SuiteScripts/audience.js]</scriptfile><scriptdeployments><scriptdeployment scriptid="customdeploy_${id}"><status>RELEASED</status><title>${id}</title>${audience}</scriptdeployment></scriptdeployments></restlet>`,
    });
    const permission = '<permission><permkey>ADMI_LOGIN_OAUTH2</permkey><permlevel>FULL</permlevel></permission>';
    const role = `<role scriptid="customrole_in"><name>In</name><centertype>BASIC</centertype><permissions>${permission}</permissions></role>`;
    await box.control('POST', 'objects', [
      { xml: role },
      { xml: role.replace('customrole_in', 'customrole_out') },
      object('nobody', ''),
      object('some', '<audslctrole>[scriptid=customrole_in]</audslctrole>'),
      object('all', '<allroles>T</allroles>'),
    ]);
    const statuses = async (id: string): Promise<number[]> =>
      Promise.all(['customrole_in', 'customrole_out'].map((each) => call(Number(ann), each, id)));
    expect([await statuses('nobody'), await statuses('some'), await statuses('all')]).toEqual([
      [403, 403],
      [200, 403],
      [200, 200],
    ]);
    expect(await call(-5, 3, 'nobody')).toBe(200);
  });
});
