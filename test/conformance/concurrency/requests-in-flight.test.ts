import { serveAccount, type Served } from '../../helpers/emulator/served-account';

const SLOW = `define(['N/runtime', 'N/crypto/random'], (runtime, random) => ({ post: () => { random.generateUUID(); return { left: runtime.getCurrentScript().getRemainingUsage() }; } }));`;

describe('requests in flight (bridgehead_1525252812)', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveAccount({ scripts: { slow: { source: SLOW } } });
  });
  afterAll(() => served.close());

  it('answers the sixth of a standard account with 400 and the documented body, at once', async () => {
    const hold = { kind: 'hold', match: { scriptId: 'customscript_slow' }, times: 5 };
    const { body } = await served.control('POST', 'faults', [hold]);
    const standing = Array.from({ length: 5 }, () => served.call('slow', { body: '{}' }));
    while (served.front.admission.report().inFlight < 5) await new Promise((resolve) => setTimeout(resolve, 10));
    // None of the five moves while the sixth is answered.
    const { status, text } = await served.call('slow', { body: '{}' });
    expect([status, text]).toEqual([
      400,
      '{"error" : {"code" : "SSS_REQUEST_LIMIT_EXCEEDED", "message" : "Request Limit Exceeded!"}}',
    ]);
    const [{ faultId }] = body as [{ faultId: string }];
    await served.control('POST', `faults/${faultId}/release`);
    expect((await Promise.all(standing)).map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    expect((await served.control('GET', 'concurrency')).body).toMatchObject({
      limit: 5,
      inFlight: 0,
      peak: 5,
      rejected: 1,
    });
  });

  it('may come as a login error instead', async () => {
    await served.control('POST', 'faults', [{ kind: 'foreignLoad', slots: 5 }, { kind: 'limitAsLoginError' }]);
    const { status, text } = await served.call('slow', { body: '{}' });
    await served.control('DELETE', 'faults');
    expect([status, text.includes('INVALID_LOGIN_ATTEMPT')]).toEqual([401, true]);
  });

  it('tells its limits to the Administrator only (article_0625010817)', async () => {
    const ask = async (role: number): Promise<{ status: number; body: unknown }> => {
      const { access_token: token } = served.front.gate.bearer.issue({ integration: 'default', entity: -5, role }, [
        'rest_webservices',
      ]);
      const response = await fetch(`${served.url}/services/rest/system/v1/governanceLimits`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return { status: response.status, body: await response.json() };
    };
    expect(await ask(3)).toEqual({
      status: 200,
      body: { accountConcurrencyLimit: 5, accountUnallocatedConcurrencyLimit: 5, integrationLimitType: 'accountLimit' },
    });
    expect((await ask(1)).status).not.toBe(200);
  });
});
