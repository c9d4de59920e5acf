import { Front } from '../../../emulator/http/front';
import { serveHttp } from '../../../emulator/http/server';
import { openAccount, type Fixture } from './scripts-in-memory';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Served {
  front: Front;
  url: string;
  restletUrl(name: string, query?: string): string;
  /** Calls a RESTlet as the administrator with a bearer token. */
  call(
    name: string,
    options?: { method?: string; body?: string; type?: string | null; query?: string; integration?: string },
  ): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

/** An account behind HTTP, with scripts given as text and the administrator as its only user. */
export async function serveAccount(fixture: Fixture): Promise<Served> {
  const account = await openAccount(fixture);
  if (!account.store.get('employee', '-5')) {
    const fields = { entityid: 'Administrator', email: 'admin@example.com', isinactive: false };
    account.store.put({
      type: 'employee',
      id: '-5',
      externalId: null,
      version: 0,
      fields,
      sublists: {},
      subrecords: {},
    });
  }
  const front = new Front(account);
  for (const name of ['default', ...account.settings.integrations.map((each) => each.name)])
    front.gate.credentials.addIntegration(name);
  const server = await serveHttp(front, 0);
  front.captureState();
  const url = front.baseUrl;
  const restletUrl = (name: string, query = ''): string =>
    `${url}/app/site/hosting/restlet.nl?script=customscript_${name}&deploy=customdeploy_${name}${query}`;
  return {
    front,
    url,
    restletUrl,
    call: async (
      name,
      { method = 'POST', body, type = 'application/json', query = '', integration = 'default' } = {},
    ) => {
      const { access_token: token } = front.gate.bearer.issue({ integration, entity: -5, role: 3 }, [
        'restlets',
        'rest_webservices',
      ]);
      const headers: Record<string, string> = {
        authorization: `Bearer ${token}`,
        ...(type === null ? {} : { 'content-type': type }),
      };
      // Without a type, undici would name one for a string body.
      const payload = body !== undefined && type === null ? Buffer.from(body) : body;
      const response = await fetch(restletUrl(name, query), {
        method,
        headers,
        ...(payload === undefined ? {} : { body: payload }),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    control: async (method, path, body) => {
      const response = await fetch(`${url}/_emulator/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    close: async () => {
      await server.close();
      await account.close();
    },
  };
}
