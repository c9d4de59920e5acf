import { readPageSchema, type ReadPage, type ReadPageName } from '../../contract';
import { parseAnswer, type Outcome } from './parse-answer';
import type { RestletClient } from './restlet-client';

const READ = { script: 'customscript_srl_read', deploy: 'customdeploy_srl_read', answerMs: 120_000 } as const;

export interface PageQuestion {
  page: ReadPageName;
  since?: string | undefined;
  after?: string | undefined;
  ids?: readonly string[] | undefined;
}

/** One page of what NetSuite owns. */
export async function readPage(
  client: RestletClient,
  { page, since, after, ids }: PageQuestion,
): Promise<Outcome<ReadPage>> {
  const query = {
    page,
    ...(since === undefined ? {} : { since }),
    ...(after === undefined ? {} : { after }),
    ...(ids === undefined ? {} : { ids: ids.join(',') }),
  };
  return parseAnswer('read', await client.call({ ...READ, method: 'GET', query }), (body) =>
    readPageSchema.parse(body),
  );
}
