import { serveAccount, type Served } from '../../helpers/emulator/served-account';

const ECHO = `/** @NApiVersion 2.1
 * @NScriptType Restlet */
define([], () => {
  const echo = (given) => ({ kind: typeof given, given });
  return { get: (p) => p.text ? JSON.stringify(echo(p)) : echo(p), delete: (p) => p.text ? 'gone ' + p.id : echo(p), post: (b) => typeof b === 'string' ? 'got ' + b : echo(b), put: echo };
});`;

let served: Served;
beforeAll(async () => {
  served = await serveAccount({
    scripts: { echo: { source: ECHO }, readonly: { source: `define([], () => ({ get: () => 'x' }));` } },
  });
});
afterAll(() => served.close());

describe('what a RESTlet gets and gives by method and Content-Type (section_4619215993, section_4407966008)', () => {
  it('POST application/json: a parsed object in, JSON out', async () => {
    const { status, text, headers } = await served.call('echo', { body: '{"a":[1,null]}' });
    expect([status, JSON.parse(text)]).toEqual([200, { kind: 'object', given: { a: [1, null] } }]);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('POST text/plain: a string in, a string out', async () => {
    const { text, headers } = await served.call('echo', { body: 'plain', type: 'text/plain' });
    expect(text).toBe('got plain');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it('PUT text/plain with an object returned: INVALID_RETURN_DATA_FORMAT (section_4634920277)', async () => {
    const { status, text } = await served.call('echo', { method: 'PUT', body: 'plain', type: 'text/plain' });
    expect(status).toBe(400);
    expect(text).toMatch(/^error code: INVALID_RETURN_DATA_FORMAT\nerror message: /);
  });

  it('GET application/json: parameters as an object of strings in, JSON out', async () => {
    const { text } = await served.call('echo', { method: 'GET', query: '&id=7&x=%C3%A4' });
    expect(JSON.parse(text)).toEqual({ kind: 'object', given: { id: '7', x: 'ä' } });
  });

  it('GET without a Content-Type wants a string back (section_4619215993)', async () => {
    const string = await served.call('echo', { method: 'GET', type: null, query: '&text=1' });
    expect([string.status, JSON.parse(string.text)]).toEqual([200, { kind: 'object', given: { text: '1' } }]);
    const object = await served.call('echo', { method: 'GET', type: null });
    expect([object.status, object.text.split('\n')[0]]).toEqual([400, 'error code: INVALID_RETURN_DATA_FORMAT']);
  });

  it('DELETE takes parameters as GET does', async () => {
    const { text } = await served.call('echo', { method: 'DELETE', type: null, query: '&id=9&text=1' });
    expect(text).toBe('gone 9');
  });

  it.each([
    ['POST', 'application/x-www-form-urlencoded'],
    ['PUT', 'multipart/form-data'],
    ['POST', 'Application/JSON'],
    ['POST', null],
    ['GET', 'text/html'],
  ])('%s with Content-Type %s: 415 (section_4634920277)', async (method, type) => {
    const { status } = await served.call('echo', { method, type, ...(method === 'GET' ? {} : { body: 'a=1' }) });
    expect(status).toBe(415);
  });
});

describe('statuses of RESTlets (section_4634920277)', () => {
  it('405 for a method without an entry point', async () => {
    expect((await served.call('readonly', { body: '{}' })).status).toBe(405);
  });

  it('404 for a script that is not there, named in the documented words', async () => {
    const { status, text } = await served.call('absent', { body: '{}' });
    expect(status).toBe(404);
    expect(text).toBe(
      '{"error" : {"code" : "SSS_INVALID_SCRIPTLET_ID", "message" : "That Suitelet is invalid, disabled, or no longer exists."}}',
    );
  });

  it('400 for JSON that can not be parsed; the script does not run', async () => {
    expect((await served.call('echo', { body: '{"a":' })).status).toBe(400);
    const { body } = await served.control('GET', 'executions?scriptId=customscript_readonly');
    expect(body).toEqual(expect.arrayContaining([]));
  });

  it('400 for XML that is not well-formed; the script does not run', async () => {
    const { status, text } = await served.call('echo', { body: '<a><b></a>', type: 'application/xml' });
    expect([status, text.split('\n')[1]]).toEqual([400, ' <code>SYNTAX_ERROR</code>']);
  });

  it('10 MB in a string is the limit (section_4640094112)', async () => {
    const inside = await served.call('echo', { body: 'x'.repeat(10 * 1024 * 1024 - 10), type: 'text/plain' });
    expect(inside.status).toBe(200);
    const outside = await served.call('echo', { body: 'x'.repeat(10 * 1024 * 1024 + 1), type: 'text/plain' });
    expect(outside.status).toBe(400);
  });
});
