import { serveAccount, type Served } from '../../helpers/emulator/served-account';

const SLOW = `define(['N/runtime', 'N/crypto/random'], (runtime, random) => ({ post: () => { random.generateUUID(); return { left: runtime.getCurrentScript().getRemainingUsage() }; } }));`;

describe('requests in flight (bridgehead_1525252812)', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveAccount({ scripts: { slow: { source: SLOW } } });
  });
  afterAll(() => served.close());

  it('answers the sixth of a standard account with 400 and the documented body, at once', async () => {
    await served.control('POST', 'faults', [{ kind: 'latency', ms: 400, real: true }]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => served.call('slow', { body: '{}' })));
    await served.control('DELETE', 'faults');
    const refused = answers.filter(({ status }) => status === 400);
    expect(refused.map(({ text }) => text)).toEqual([
      '{"error" : {"code" : "SSS_REQUEST_LIMIT_EXCEEDED", "message" : "Request Limit Exceeded!"}}',
    ]);
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
