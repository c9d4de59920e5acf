import { startEmulator, type Emulator } from '../../../emulator/start/start-emulator';
import type { Settings } from '../../../emulator/kernel/types';

/** The emulator as anyone sees it from outside: control calls and RESTlets over HTTP. */
export interface BlackBox {
  url: string;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  restlet(
    script: string,
    method: string,
    body?: unknown,
    options?: { query?: Record<string, string | number>; role?: number },
  ): Promise<{ status: number; body: unknown }>;
  seed(rows: object[]): Promise<string[]>;
  close(): Promise<void>;
}

export async function openBlackBox(config: Partial<Settings> = {}): Promise<BlackBox> {
  const emulator: Emulator = await startEmulator({ project: null, port: 0, config });
  const { url, control: base } = emulator.ready;
  const control: BlackBox['control'] = async (method, path, body) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  return {
    url,
    control,
    seed: async (rows) => ((await control('POST', 'records', rows)) as { id: string }[]).map(({ id }) => id),
    restlet: async (script, method, body, { query = {}, role = 3 } = {}) => {
      const { access_token: token } = (await control('POST', 'token', { role })) as { access_token: string };
      const params = new URLSearchParams({
        script,
        deploy: script.replace('customscript', 'customdeploy'),
        ...Object.fromEntries(Object.entries(query).map(([k, v]) => [k, String(v)])),
      });
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const answer = await fetch(`${url}/app/site/hosting/restlet.nl?${params.toString()}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: parse(text) };
    },
    close: () => emulator.close(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
