import { classifyAnswer, classifyException } from '../../../relay/netsuite/classify-failure';

const restlet = (code: string, message: string): string =>
  `{"error" : {"code" : "${code}", "message" : ${JSON.stringify(message)}}}`;

test('an account over its limit is throttling, in any language', () => {
  const failure = classifyAnswer(400, restlet('SSS_REQUEST_LIMIT_EXCEEDED', '¡Límite de solicitudes superado!'), null);
  expect(failure).toMatchObject({
    kind: 'refused',
    class: 'throttle',
    code: 'SSS_REQUEST_LIMIT_EXCEEDED',
    login: false,
  });
});

test('a script ended by its limits is over: nothing more will be written', () => {
  expect(classifyAnswer(400, restlet('SSS_USAGE_LIMIT_EXCEEDED', 'x'), null)).toMatchObject({
    kind: 'ended',
    class: 'throttle',
  });
});

test('the error a script threw is found inside the message', () => {
  const thrown = JSON.stringify({
    type: 'error.SuiteScriptError',
    name: 'CONTRACT_MISMATCH',
    message: 'contract 2 asked, 1 spoken',
  });
  const failure = classifyAnswer(400, restlet('CONTRACT_MISMATCH', thrown), null);
  expect(failure).toMatchObject({ kind: 'refused', class: 'configuration', message: 'contract 2 asked, 1 spoken' });
});

test('a refused login is no throttling and carries its mark', () => {
  expect(classifyAnswer(401, restlet('INVALID_LOGIN_ATTEMPT', 'Invalid login attempt.'), null)).toMatchObject({
    kind: 'refused',
    class: 'permission',
    login: true,
  });
});

test('a gateway error and a cut connection leave the outcome unknown', () => {
  expect(classifyAnswer(502, '<html>', null)).toMatchObject({ kind: 'unknown', class: 'transient', code: 'HTTP_502' });
  expect(classifyException(Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }))).toMatchObject({
    kind: 'unknown',
  });
  expect(classifyException(Object.assign(new Error('timed out'), { code: 'UND_ERR_HEADERS_TIMEOUT' }))).toMatchObject({
    kind: 'unknown',
  });
});

test('a connection that never came about has sent nothing', () => {
  const refused = new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  });
  expect(classifyException(refused)).toMatchObject({ kind: 'unsent', class: 'transient', code: 'ECONNREFUSED' });
});

test('a network that breaks down under a standing connection leaves the outcome unknown, whatever its code', () => {
  const broken = (code: string, syscall: string): Error =>
    Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
  for (const code of ['EHOSTUNREACH', 'ENETUNREACH']) {
    expect(classifyException(broken(code, 'connect'))).toMatchObject({ kind: 'unsent', code });
    for (const syscall of ['read', 'write'])
      expect(classifyException(new Error('failed', { cause: broken(code, syscall) }))).toMatchObject({
        kind: 'unknown',
        code,
      });
  }
});

test('Retry-After is honoured in seconds and as a date', () => {
  expect(classifyAnswer(429, '', '7').retryAfterMs).toBe(7000);
  expect(classifyAnswer(429, '', new Date(Date.now() + 60_000).toUTCString()).retryAfterMs).toBeGreaterThan(55_000);
});
