import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

const script = (name: string, type: string, source: string): object => ({
  scriptId: `customscript_${name}`,
  type: type === 'MapReduceScript' ? 'mapreduce' : 'restlet',
  source: `/** @NApiVersion 2.1\n * @NScriptType ${type} */\n${source}`,
  deployments: [{ deploymentId: `customdeploy_${name}`, status: 'RELEASED' }],
});
const WORK = script(
  'work',
  'MapReduceScript',
  'define(["N/cache"], (cache) => ({ getInputData: () => cache.getCache({ name: "a" }).get({ key: "b" }), map: () => {} }));',
);
const FINE = script('fine', 'Restlet', 'define([], () => ({ post: () => "fine" }));');

type Row = { id: string; fields: Record<string, unknown> };
type Deployed = { internalId: string; deployments: { internalId: string }[] };

const folder = mkdtempSync(path.join(os.tmpdir(), 'restart-'));
let box: BlackBox;
beforeEach(async () => {
  box = await openBlackBox({ data: folder });
});
afterEach(() => box.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const list = async (type: string): Promise<Row[]> => (await box.control('GET', `records/${type}`)) as Row[];

describe('an account with a data folder, started again', () => {
  it('finds its scripts under the ids they had, and no run of before at work', async () => {
    const before = (await box.control('POST', 'scripts', [WORK, FINE])) as Deployed[];
    await box.control('POST', 'faults', { kind: 'hold', match: { api: 'cache.get' } });
    await box.control('POST', 'scripts/customscript_work/customdeploy_work/run', {});
    while ((await list('scheduledscriptinstance'))[0]?.fields.status !== 'Processing');
    await box.close();

    box = await openBlackBox({ data: folder });
    expect((await list('scheduledscriptinstance')).map(({ fields }) => fields.status)).toEqual(['Failed']);
    expect(await box.control('POST', 'scripts', [WORK, FINE])).toMatchObject(
      before.map(({ internalId, deployments }) => ({
        internalId,
        deployments: deployments.map((each) => ({ internalId: each.internalId })),
      })),
    );
    expect(await list('script')).toHaveLength(2);
    expect(await list('scriptdeployment')).toHaveLength(2);
    expect((await box.restlet('customscript_fine', 'POST', {})).body).toBe('fine');
  });

  it('has none of the scripts of a call of which one was refused', async () => {
    const other = script('other', 'Restlet', 'define([], () => ({ post: () => "other" }));');
    const wrong = script('wrong', 'Restlet', 'define([], () => ({ post: () => { ');
    await expect(box.control('POST', 'scripts', [other, wrong])).rejects.toThrow('400');
    expect((await box.restlet('customscript_other', 'POST', {})).status).toBe(404);
    const third = script('third', 'Restlet', 'define([], () => ({ post: () => "third" }));');
    const [made] = (await box.control('POST', 'scripts', [third])) as Deployed[];
    const [later] = (await box.control('POST', 'scripts', [other])) as Deployed[];
    expect(later?.internalId).not.toBe(made?.internalId);
    expect((await box.restlet('customscript_third', 'POST', {})).body).toBe('third');
  });
});
