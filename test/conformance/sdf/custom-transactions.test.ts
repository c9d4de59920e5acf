import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  const xml =
    '<customtransactiontype scriptid="customtransaction_accrual"><name>Accrual</name><subliststyle>JOURNAL</subliststyle></customtransactiontype>';
  await box.control('POST', 'objects', [{ xml }]);
});
afterAll(async () => box.close());

describe('custom transactions', () => {
  it.each([
    ['customtransaction_accrual', 'EMULATOR_UNSUPPORTED'],
    ['customtransaction_nosuch', 'INVALID_RCRD_TYPE'],
  ])('%s is refused by name: %s', async (type, name) => {
    const code = `try { record.create({ type: '${type}' }); } catch (e) { return [e.name, e.message.includes('${type}') || e.message.includes('${type.toUpperCase()}')]; }`;
    expect(await runCode(box, 'record', code)).toEqual([name, true]);
  });
});
