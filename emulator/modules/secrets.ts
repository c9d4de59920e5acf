import { fault, type Account } from '../kernel/types';
import { decodeText } from './binary-text';

export interface KeyReference {
  guid?: string;
  secret?: string;
  encoding: string;
}

/** The value of an API secret, or undefined when the account has none of that id (setting `secrets`). */
export const secretValue = (account: Account, id: string): string | undefined =>
  account.settings.secrets[id] ?? account.settings.secrets[id.toLowerCase()];

/**
 * The bytes behind a SecretKey. Its encoding says how the secret's text is to be read; HEX by default (N/crypto createSecretKey).
 * @throws FaultError AN_ERROR_OCCURRED_WHILE_DECRYPT_SECRET when the secret is unknown or not of that encoding.
 */
export function keyBytes(account: Account, key: KeyReference): Buffer {
  const text = secretValue(account, key.secret ?? key.guid ?? '');
  if (text === undefined) throw undecryptable(key);
  try {
    return decodeText(text, key.encoding);
  } catch {
    throw undecryptable(key);
  }
}

const undecryptable = ({ secret, guid }: KeyReference): Error =>
  fault(
    'AN_ERROR_OCCURRED_WHILE_DECRYPT_SECRET',
    `An error occurred while decrypting the secret ${secret ?? guid ?? ''}.`,
  );
