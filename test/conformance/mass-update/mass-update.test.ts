import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(async () => box.close());

const SCRIPT = 'customscript_mu';
const run = (body: object): Promise<unknown> => box.control('POST', `scripts/${SCRIPT}/customdeploy_mu/run`, body);

it('a mass update calls each once a record, with 1,000 units of its own; one failure stops no other (section_N3351480)', async () => {
  const ids = await box.seed(
    ['A', 'B', 'C'].map((name) => ({
      type: 'customer',
      fields: { entityid: name, companyname: name, subsidiary: '1' },
    })),
  );
  await box.control('POST', 'scripts', [
    {
      scriptId: SCRIPT,
      type: 'massupdate',
      source: `/**
 * @NApiVersion 2.1
 * @NScriptType MassUpdateScript
 */
define(['N/record', 'N/runtime', 'N/log'], (record, runtime, log) => ({ each: ({ type, id }) => {
  log.audit('each', [type, typeof id, runtime.executionContext, runtime.getCurrentScript().getRemainingUsage()].join());
  if (id === ${Number(ids[1])}) for (;;) record.load({ type, id });
  record.submitFields({ type, id, values: { comments: 'seen' } });
} }));`,
    },
  ]);
  expect(await run({ records: ids.map((id) => ({ type: 'customer', id })) })).toEqual({
    state: 'FAILED',
    units: 1010,
    records: [
      { type: 'customer', id: ids[0], units: 5 },
      {
        type: 'customer',
        id: ids[1],
        units: 1000,
        error: { name: 'SSS_USAGE_LIMIT_EXCEEDED', message: 'Script Execution Usage Limit Exceeded' },
      },
      { type: 'customer', id: ids[2], units: 5 },
    ],
  });
  const executions = (await box.control('GET', `executions?scriptId=${SCRIPT}`)) as {
    key: string;
    logs: { details: string }[];
  }[];
  expect(executions.map(({ key, logs }) => [key, logs[0]?.details])).toEqual(
    ids.map((id) => [id, 'customer,number,CUSTOMMASSUPDATE,1000']),
  );
  await expect(run({})).rejects.toThrow('A mass update needs records');
});

it('a mass update ends with the reset that comes while it runs: ids mean other records from then on', async () => {
  const again = {
    scriptId: SCRIPT,
    type: 'massupdate',
    source: `/**
 * @NApiVersion 2.1
 * @NScriptType MassUpdateScript
 */
define(['N/record'], (record) => ({ each: ({ type, id }) => {
  record.submitFields({ type, id, values: { comments: 'seen' } });
} }));`,
  };
  await box.control('POST', 'reset');
  await box.control('POST', 'scripts', [again]);
  const rows = ['7001', '7002'].map((id) => ({ type: 'customer', id, fields: { companyname: id, subsidiary: '1' } }));
  await box.seed(rows);
  await box.control('POST', 'faults', [{ kind: 'hold', match: { api: 'record.submitFields' } }]);
  const ended = expect(run({ records: rows.map(({ type, id }) => ({ type, id })) })).rejects.toThrow('was reset');
  const isHeld = async (): Promise<boolean> =>
    ((await box.control('GET', 'faults')) as { holding: boolean }[]).some(({ holding }) => holding);
  for (const end = Date.now() + 60_000; !(await isHeld());)
    if (Date.now() > end) throw new Error('it never came to it');
  await box.control('POST', 'reset');
  await ended;
  expect(await box.control('GET', 'executions')).toEqual([]);
});
