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

  it('answers REST web services with 429 from the same slots, and with its own name for what it does not serve', async () => {
    const ask = async (path: string): Promise<unknown[]> => {
      const { access_token: token } = served.front.gate.bearer.issue({ integration: 'default', entity: -5, role: 3 }, [
        'rest_webservices',
      ]);
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${served.url}/services/rest/${path}`, { headers });
      const body = (await answer.json()) as { status: number; 'o:errorDetails': { 'o:errorCode': string }[] };
      return [answer.status, body.status, body['o:errorDetails'][0]?.['o:errorCode']];
    };
    await served.control('POST', 'faults', [{ kind: 'foreignLoad', slots: 5 }]);
    expect(await ask('record/v1/customer/1')).toEqual([429, 429, 'CONCURRENCY_LIMIT_EXCEEDED']);
    await served.control('POST', 'settings', { settings: { restLimitErrorCode: 'EXCEEDED_MAX_CONCUR_RQST' } });
    expect(await ask('query/v1/suiteql')).toEqual([429, 429, 'EXCEEDED_MAX_CONCUR_RQST']);
    await served.control('DELETE', 'faults');
    expect(await ask('record/v1/customer/1')).toEqual([501, 501, 'EMULATOR_UNSUPPORTED']);
    expect((await served.control('GET', 'concurrency')).body).toMatchObject({ inFlight: 0 });
    const refused = await fetch(`${served.url}/services/rest/record/v1/customer/1`);
    expect(refused.status).toBe(401);
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
