import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { PURCHASE_ANSWERS } from './purchase-answers';
import { SALES_ANSWERS } from './sales-answers';
import { fillTradingAccount } from './trade-account';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(() => box.close());

/** Order to cash and procure to pay as public scripts do them, each in a fresh account. */
describe('scripts of a trading company', () => {
  it.each([...SALES_ANSWERS, ...PURCHASE_ANSWERS].map(([file, title, answer]) => ({ file, title, answer })))(
    '$title',
    async ({ file, answer }) => {
      await fillTradingAccount(box);
      const scriptId = `customscript_${file}`;
      await box.control('POST', 'scripts', [
        {
          scriptId,
          type: 'restlet',
          path: `SuiteScripts/${file}.js`,
          source: readFileSync(path.join(__dirname, 'trade', `${file}.js`), 'utf8'),
          deployments: [{ deploymentId: `customdeploy_${file}`, status: 'RELEASED' }],
        },
      ]);
      expect(await box.restlet(scriptId, 'POST', {})).toEqual({ status: 200, body: answer });
    },
  );
});
