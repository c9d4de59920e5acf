import { serveAccount, type Served } from '../../helpers/emulator/served-account';

const THROWS = `/** @NApiVersion 2.1
 * @NScriptType Restlet */
define(['N/error'], (error) => ({
  post: (body) => {
    const how = typeof body === 'string' ? body : body.how;
    if (how === 'suitescript') throw error.create({ name: 'MY_CODE', message: 'human "text"', notifyOff: true });
    if (how === 'native') return null.field;
    if (how === 'string') throw 'just words';
    if (how === 'caught') { try { throw error.create({ name: 'A', message: 'b' }); } catch (e) { return { caught: e.name, isError: e instanceof Error }; } }
    return {};
  },
}));`;

let served: Served;
beforeAll(async () => {
  served = await serveAccount({ scripts: { throws: { source: THROWS } } });
});
afterAll(() => served.close());

describe('errors on the wire (section_4634920277)', () => {
  it('carries a SuiteScriptError as JSON inside the message, with the spaces of the real bytes', async () => {
    const { status, text } = await served.call('throws', { body: '{"how":"suitescript"}' });
    expect(status).toBe(400);
    expect(text).toMatch(
      /^\{"error" : \{"code" : "MY_CODE", "message" : "\{\\"type\\":\\"error.SuiteScriptError\\",\\"name\\":\\"MY_CODE\\"/,
    );
    const inner = JSON.parse((JSON.parse(text) as { error: { message: string } }).error.message) as object;
    // The members, their order and their values in the capture of such an answer.
    expect({ ...inner, stack: [] }).toEqual({
      type: 'error.SuiteScriptError',
      name: 'MY_CODE',
      message: 'human "text"',
      stack: [],
      cause: { name: 'MY_CODE', message: 'human "text"', notifyOff: true },
      id: '',
      notifyOff: true,
      userFacing: true,
    });
    expect(Object.keys(inner).join()).toBe('type,name,message,stack,cause,id,notifyOff,userFacing');
  });

  it('answers a native error as UNEXPECTED_ERROR with its text', async () => {
    const { status, text } = await served.call('throws', { body: '{"how":"native"}' });
    const { error } = JSON.parse(text) as { error: { code: string; message: string } };
    expect([status, error.code]).toEqual([400, 'UNEXPECTED_ERROR']);
    expect(error.message).toMatch(/^TypeError: /);
  });

  it('answers what is no error at all', async () => {
    const { text } = await served.call('throws', { body: '{"how":"string"}' });
    expect(text).toBe('{"error" : {"code" : "UNEXPECTED_ERROR", "message" : "just words"}}');
  });

  it('is 200 when the script catches it', async () => {
    const { status, text } = await served.call('throws', { body: '{"how":"caught"}' });
    expect([status, JSON.parse(text)]).toEqual([200, { caught: 'A', isError: false }]);
  });

  it('is plain lines for text/plain and elements for XML', async () => {
    const plain = await served.call('throws', { body: 'string', type: 'text/plain' });
    expect(plain.text).toBe('error code: UNEXPECTED_ERROR\nerror message: just words');
    const xml = await served.call('throws', { body: '<how>string</how>', type: 'application/xml' });
    expect(xml.text).toBe('<error>\n <code>UNEXPECTED_ERROR</code>\n <message>just words</message>\n</error>');
  });

  it('keeps its code when the account speaks another language', async () => {
    await served.control('POST', 'faults', [
      { kind: 'localise', language: 'es_ES' },
      { kind: 'foreignLoad', slots: 5 },
    ]);
    const { status, text } = await served.call('throws', { body: '{}' });
    await served.control('DELETE', 'faults');
    expect(status).toBe(400);
    expect(text).toBe(
      '{"error" : {"code" : "SSS_REQUEST_LIMIT_EXCEEDED", "message" : "¡Se superó el límite de solicitudes!"}}',
    );
  });
});
