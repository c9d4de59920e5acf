import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BlackBox } from '../../helpers/emulator/black-box';

const TYPES: Record<string, string> = {
  rl: 'restlet',
  ue: 'userevent',
  mr: 'mapreduce',
  ss: 'scheduled',
  sl: 'suitelet',
};

/** Deploys one file of `files/` (or another folder) as `customscript_<name>`; its prefix tells its type. */
export async function deployFile(
  box: BlackBox,
  name: string,
  options: { folder?: string; recordType?: string; parameters?: object[]; files?: object[] } = {},
): Promise<string> {
  const { folder = 'files', recordType, ...rest } = options;
  const source = readFileSync(path.join(__dirname, folder, `${name}.js`), 'utf8');
  const scriptId = `customscript_${name}`;
  const deployment = { deploymentId: `customdeploy_${name}`, ...(recordType === undefined ? {} : { recordType }) };
  await box.control('POST', 'scripts', [
    {
      scriptId,
      type: TYPES[name.slice(0, 2)],
      source,
      path: `SuiteScripts/${name}.js`,
      deployments: [deployment],
      ...rest,
    },
  ]);
  return scriptId;
}

/** Units of the executions of a script, in the order in which they began. */
export async function unitsOf(box: BlackBox, scriptId: string): Promise<number[]> {
  const rows = (await box.control('GET', `executions?scriptId=${scriptId}`)) as { unitsUsed: number }[];
  return rows.map((row) => row.unitsUsed);
}

const ENTRY = `<customrecordtype scriptid="customrecord_entry"><recordname>Entry</recordname><customrecordcustomfields>
<customrecordcustomfield scriptid="custrecord_amount"><label>Amount</label><fieldtype>FLOAT</fieldtype></customrecordcustomfield>
<customrecordcustomfield scriptid="custrecord_state"><label>State</label><fieldtype>SELECT</fieldtype><selectrecordtype>[scriptid=customlist_entry_state]</selectrecordtype></customrecordcustomfield>
</customrecordcustomfields></customrecordtype>`;
const STATES = `<customlist scriptid="customlist_entry_state"><name>Entry State</name><customvalues>
<customvalue scriptid="val_open"><value>Open</value></customvalue><customvalue scriptid="val_done"><value>Done</value></customvalue></customvalues></customlist>`;
const UNITS = `<transactionbodycustomfield scriptid="custbody_units"><label>Units</label><fieldtype>INTEGER</fieldtype><bodysale>T</bodysale></transactionbodycustomfield>`;

export const addEntryType = (box: BlackBox): Promise<unknown> =>
  box.control('POST', 'objects', [{ xml: STATES }, { xml: ENTRY }, { xml: UNITS }]);
