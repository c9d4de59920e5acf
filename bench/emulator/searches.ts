import type { NetSuiteAccount } from '../../test/helpers/netsuite/account-process';

const ROWS_A_CALL = 5000;
/** Searches of one execution, so that calling it weighs little, and calls of which the quickest counts. */
const ROUNDS = 10;
const CALLS = 5;

const SOURCE = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  post: ({ filters }) => {
    let found = [];
    for (let round = 0; round < ${ROUNDS}; round += 1)
      found = search.create({ type: 'customer', filters, columns: ['entityid'] }).run().getRange({ start: 0, end: 1000 });
    return { found: found.length };
  },
}));`;

const many = (of: (at: number) => string): string[] => Array.from({ length: 1000 }, (_, at) => of(at));

interface Search {
  filters: unknown[];
  found: number;
}

const searches = (ids: readonly string[]): Record<string, Search> => ({
  externalId: { filters: [['externalid', 'anyof', ['STORED_500']]], found: 1 },
  email: { filters: [['email', 'is', 'USER500@stored.example']], found: 1 },
  name: { filters: [['companyname', 'is', 'Stored 77']], found: 1 },
  internalId: { filters: [['internalid', 'anyof', [ids[5]]]], found: 1 },
  thousandInternalIds: { filters: [['internalid', 'anyof', many((at) => ids[at]!)]], found: 1000 },
  thousandExternalIds: { filters: [['externalid', 'anyof', many((at) => `STORED_${at}`)]], found: 1000 },
});

/** Milliseconds one search takes, its rows included, by what it searches for, with so many customers stored. */
export async function measureSearches(account: NetSuiteAccount, records: number): Promise<Record<string, number>> {
  const ids = await store(account, Math.max(records, 1000));
  await account.control('POST', 'scripts', [
    {
      scriptId: 'customscript_srl_bench_find',
      type: 'restlet',
      path: 'SuiteScripts/bench/find.js',
      source: SOURCE,
      deployments: [{ deploymentId: 'customdeploy_srl_bench_find' }],
    },
  ]);
  const times: Record<string, number> = {};
  for (const [name, search] of Object.entries(searches(ids))) {
    const each: number[] = [];
    for (let call = 0; call < CALLS; call += 1) each.push(await find(account, search));
    times[name] = Math.min(...each);
  }
  return times;
}

async function store(account: NetSuiteAccount, records: number): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < records; from += ROWS_A_CALL) {
    const rows = Array.from({ length: Math.min(ROWS_A_CALL, records - from) }, (_, at) => storedCustomer(from + at));
    ids.push(...(await account.seed(rows)));
  }
  return ids;
}

const storedCustomer = (at: number): object => ({
  type: 'customer',
  externalId: `STORED_${at}`,
  fields: { entityid: `S${at}`, companyname: `Stored ${at}`, email: `user${at}@stored.example`, subsidiary: '1' },
});

async function find(account: NetSuiteAccount, { filters, found }: Search): Promise<number> {
  const begun = performance.now();
  const { body } = await account.restlet('bench_find', { filters });
  const eachMs = (performance.now() - begun) / ROUNDS;
  if (body['found'] !== found) throw new Error(`${JSON.stringify(filters).slice(0, 80)}: ${JSON.stringify(body)}`);
  return eachMs;
}
