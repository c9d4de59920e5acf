import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { fillWorkedAccount } from './worked-account';
import { UTILITY_ANSWERS } from './utility-answers';
import { ANSWERS } from './worked-answers';

/** Whole scripts as agencies and their customers publish them, deployed and called from outside; each works in the account as the ones before it left it. */
describe.each([
  { folder: 'worked', answers: ANSWERS },
  { folder: 'utilities', answers: UTILITY_ANSWERS },
])('scripts of $folder', ({ folder, answers }) => {
  let box: BlackBox;
  beforeAll(async () => {
    box = await openBlackBox();
    // "today" lies within a month and a week, so that relative dates are the same whenever this runs.
    await box.control('POST', 'clock', { set: '2026-11-18T18:00:00Z' });
    await fillWorkedAccount(box);
  });
  afterAll(() => box.close());

  it.each(answers.map(([file, title, answer]) => ({ file, title, answer })))('$title', async ({ file, answer }) => {
    const scriptId = `customscript_${file}`;
    await box.control('POST', 'scripts', [
      {
        scriptId,
        type: 'restlet',
        path: `SuiteScripts/${file}.js`,
        source: readFileSync(path.join(__dirname, folder, `${file}.js`), 'utf8'),
        deployments: [{ deploymentId: `customdeploy_${file}`, status: 'RELEASED' }],
      },
    ]);
    expect(await box.restlet(scriptId, 'POST', {})).toEqual({ status: 200, body: answer });
  });
});
