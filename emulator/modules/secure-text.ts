import type { Account } from '../kernel/types';
import { decodeText, encodeText } from './binary-text';
import { digest } from './crypto-syscalls';
import { secretValue, type KeyReference } from './secrets';

/** One step of a secure string, as guest/modules/secure-string.ts records it. */
export type Step =
  | { op: 'text'; text: string; encoding: string; keep?: boolean }
  | { op: 'append'; plan: Step[] }
  | { op: 'replace'; pattern: string; replacement: string }
  | { op: 'convert'; from: string; to: string }
  | { op: 'hash'; algorithm: string; from: string; to: string; key?: KeyReference };

/** `{custsecret_x}` (and the GUID form) become the secret's value; unknown ones stay as they are. */
export const fillSecrets = (account: Account, text: string): string =>
  text.replace(/\{([\w-]+)\}/g, (whole, id: string) => secretValue(account, id) ?? whole);

/** Carries out the steps of a secure string. */
export function secureText(account: Account, plan: Step[]): string {
  let text = '';
  for (const step of plan) {
    switch (step.op) {
      case 'text':
        text +=
          step.encoding === 'UTF_8' || step.keep
            ? fillSecrets(account, step.text)
            : decodeText(fillSecrets(account, step.text), step.encoding).toString('utf8');
        break;
      case 'append':
        text += secureText(account, step.plan);
        break;
      case 'replace':
        text = text.replaceAll(step.pattern, step.replacement);
        break;
      case 'convert':
        text = encodeText(decodeText(text, step.from), step.to);
        break;
      case 'hash':
        text = encodeText(digest(account, step.algorithm, decodeText(text, step.from), step.key ?? null), step.to);
        break;
    }
  }
  return text;
}
