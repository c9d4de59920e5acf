import { serveAccount, type Served } from '../../helpers/emulator/served-account';

const SOURCE = `define([], () => ({ get: (p) => Object.keys(p).sort().join(), post: () => null.field }));`;

let served: Served;
beforeAll(async () => {
  served = await serveAccount({ scripts: { probe: { source: SOURCE } } });
});
afterAll(() => served.close());
beforeEach(() => served.front.reset());
const set = (settings: object): Promise<unknown> => served.control('POST', 'settings', { settings });

describe('what no source confirms about RESTlets is a named setting (section_4634920277, section_4619215993)', () => {
  it('nativeErrorCode: the code of an uncaught error of the language', async () => {
    await set({ nativeErrorCode: 'JS_EXCEPTION' });
    expect((await served.call('probe', { body: '{}' })).text).toContain('"code" : "JS_EXCEPTION"');
  });

  it('malformedJsonCode: the code of a body that is no JSON', async () => {
    expect((await served.call('probe', { body: '{' })).text).toContain('SYNTAX_ERROR');
    await set({ malformedJsonCode: 'INVALID_REQUEST' });
    expect((await served.call('probe', { body: '{' })).text).toContain('INVALID_REQUEST');
  });

  it('restletParamsIncludeScript: whether a GET sees script and deploy', async () => {
    expect((await served.call('probe', { method: 'GET', type: null, query: '&a=1' })).text).toBe('a');
    await set({ restletParamsIncludeScript: true });
    expect((await served.call('probe', { method: 'GET', type: null, query: '&a=1' })).text).toBe('a,deploy,script');
  });

  it('missingContentTypeStatus: 206 as older pages say', async () => {
    await set({ missingContentTypeStatus: 206 });
    expect((await served.call('probe', { body: '{}', type: null })).status).toBe(206);
  });

  it("restletHost strict: 403 under any other domain than the account's", async () => {
    await set({ restletHost: 'strict' });
    expect((await served.call('probe', { body: '{}' })).status).toBe(403);
  });

  it('loginRefusedStatus: the status of a refused login', async () => {
    await set({ loginRefusedStatus: 403 });
    expect((await fetch(served.restletUrl('probe'))).status).toBe(403);
  });
});
