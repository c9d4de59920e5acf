import { accountLimit, unallocatedLimit } from '../../../emulator/concurrency/account-limit';
import { Admission } from '../../../emulator/concurrency/admission';
import { FaultBoard } from '../../../emulator/kernel/faults';
import { DEFAULT_SETTINGS, mergeSettings } from '../../../emulator/kernel/settings';
import type { Account, Settings } from '../../../emulator/kernel/types';

const admissionWith = (changes: Partial<Settings>): { admission: Admission; account: Account } => {
  const account = {
    settings: mergeSettings(structuredClone(DEFAULT_SETTINGS), changes),
    faults: new FaultBoard(),
  } as unknown as Account;
  return { admission: new Admission(account), account };
};

const send = (admission: Admission, integration: string, count: number): { admitted: number; refused: number } => {
  const slots = Array.from({ length: count }, () => admission.admit(integration));
  const admitted = slots.filter((slot) => slot !== undefined).length;
  return { admitted, refused: count - admitted };
};

describe('the concurrency pool', () => {
  it.each([
    ['standard', 0, 5],
    ['standard', 1, 15],
    ['premium', 0, 15],
    ['premium', 3, 45],
    ['enterprise', 2, 40],
    ['ultimate', 12, 140],
    ['development', 3, 5],
  ] as const)(
    'of tier %s with %i SuiteCloud Plus licences is %i (bridgehead_1500275603)',
    (tier, suiteCloudPlus, limit) => {
      expect(accountLimit({ tier, suiteCloudPlus })).toBe(limit);
    },
  );

  it("refuses what Oracle's example of 9, 18 and 16 requests against 40 refuses (bridgehead_156224824287)", () => {
    const { admission, account } = admissionWith({
      tier: 'enterprise',
      suiteCloudPlus: 2,
      integrations: [{ name: 'D' }, { name: 'E', concurrencyLimit: 16 }, { name: 'F' }],
    });
    expect(unallocatedLimit(account.settings)).toBe(24);
    expect(send(admission, 'E', 18)).toEqual({ admitted: 16, refused: 2 });
    const d = send(admission, 'D', 9);
    const f = send(admission, 'F', 16);
    expect(d.admitted + f.admitted).toBe(24);
    expect(d.refused + f.refused).toBe(1);
    expect(admission.report()).toMatchObject({ limit: 40, inFlight: 40, peak: 40, rejected: 3 });
  });

  it('gives a slot back once, however often it is released', () => {
    const { admission } = admissionWith({});
    const slot = admission.admit('a');
    slot?.release();
    slot?.release();
    expect(send(admission, 'a', 6)).toEqual({ admitted: 5, refused: 1 });
  });

  it('lets a limited integration use nothing but its own allotment (bridgehead_156224824287)', () => {
    const { admission } = admissionWith({ integrations: [{ name: 'own', concurrencyLimit: 2 }] });
    expect(send(admission, 'own', 5)).toEqual({ admitted: 2, refused: 3 });
    expect(send(admission, 'other', 5)).toEqual({ admitted: 3, refused: 2 });
  });

  it('may be exceeded by softOvershoot, which is no part of the limit told (section_4502013915)', () => {
    const { admission } = admissionWith({ settings: { softOvershoot: 2 } });
    expect(send(admission, 'a', 9)).toEqual({ admitted: 7, refused: 2 });
    expect(admission.report().limit).toBe(5);
  });

  it('shrinks under foreign load', () => {
    const { admission, account } = admissionWith({});
    (account.faults as FaultBoard).add({ kind: 'foreignLoad', slots: 3 });
    expect(send(admission, 'a', 5)).toEqual({ admitted: 2, refused: 3 });
  });
});
