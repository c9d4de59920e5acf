/** What people in finance and in the warehouse do in NetSuite: documents made from documents, through a script of their own. */
export interface BackOffice {
  /** Saves a record: from another (`from`), a new one, or an existing one (`id`). Answers its internal id. */
  save(work: BackOfficeSave): Promise<string>;
}

export interface BackOfficeSave {
  type: string;
  id?: string;
  from?: { type: string; id: string };
  fields?: Record<string, unknown>;
  lines?: { sublist: string; line?: number; fields: Record<string, unknown> }[];
}

const SCRIPT = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post: ({ type, id, from, fields, lines }) => {
    const open = from
      ? record.transform({ fromType: from.type, fromId: from.id, toType: type })
      : id
        ? record.load({ type, id })
        : record.create({ type });
    for (const [fieldId, value] of Object.entries(fields || {}))
      open.setValue({ fieldId, value: /date$/.test(fieldId) ? new Date(value + 'T00:00:00') : value });
    for (const { sublist, line, fields: values } of lines || []) {
      const at = line === undefined ? Math.max(0, open.getLineCount({ sublistId: sublist })) : line;
      for (const [fieldId, value] of Object.entries(values))
        open.setSublistValue({ sublistId: sublist, fieldId, line: at, value });
    }
    return { id: String(open.save()) };
  },
}));`;

/** Deploys the script into the account behind a control API and signs in as the administrator. */
export async function openBackOffice(
  url: string,
  administrator: { entity: number; role: number | string },
): Promise<BackOffice> {
  const call = async (path: string, body: unknown, token?: string): Promise<unknown> => {
    const answer = await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as unknown;
  };
  const name = 'back_office';
  await call(`${url}/_emulator/scripts`, [
    {
      scriptId: `customscript_${name}`,
      type: 'restlet',
      path: 'SuiteScripts/test/back_office.js',
      source: SCRIPT,
      deployments: [{ deploymentId: `customdeploy_${name}` }],
    },
  ]);
  const { access_token } = (await call(`${url}/_emulator/token`, administrator)) as { access_token: string };
  const restlet = `${url}/app/site/hosting/restlet.nl?script=customscript_${name}&deploy=customdeploy_${name}`;
  return { save: async (work) => ((await call(restlet, work, access_token)) as { id: string }).id };
}
