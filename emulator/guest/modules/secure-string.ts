import type { JsonObject } from '../types';
import { missingArgument } from '../errors';
import type { KeyReference } from './crypto';

/** How to make a secret text: steps that the account carries out when a request goes out. Nothing here knows the secret. */
export type SecureStringPlan = JsonObject[];

interface TextOptions {
  input?: unknown;
  inputEncoding?: string;
  keepEncoding?: boolean;
}

/** https.SecureString (page section_4418286676): all calls are free and answer the string itself. */
export class SecureString {
  static readonly plans = new WeakMap<object, SecureStringPlan>();
  readonly #keys: WeakMap<object, KeyReference>;

  constructor(keys: WeakMap<object, KeyReference>, { input, inputEncoding = 'UTF_8' }: TextOptions) {
    this.#keys = keys;
    SecureString.plans.set(this, [{ op: 'text', text: String(input), encoding: inputEncoding }]);
  }

  #add(step: JsonObject): this {
    SecureString.plans.get(this)?.push(step);
    return this;
  }

  appendString(options: TextOptions): this {
    if (options?.input === undefined || options.input === null)
      throw missingArgument('SecureString.appendString', 'input');
    return this.#add({
      op: 'text',
      text: String(options.input),
      encoding: options.inputEncoding ?? 'UTF_8',
      keep: options.keepEncoding === true,
    });
  }

  appendSecureString(options: { secureString: object; keepEncoding?: boolean }): this {
    const plan = SecureString.plans.get(options?.secureString);
    if (!plan) throw missingArgument('SecureString.appendSecureString', 'secureString');
    return this.#add({ op: 'append', plan: [...plan] });
  }

  replaceString(options: { pattern: string; replacement: string }): this {
    if (options?.pattern === undefined) throw missingArgument('SecureString.replaceString', 'pattern');
    return this.#add({
      op: 'replace',
      pattern: String(options.pattern),
      replacement: String(options.replacement ?? ''),
    });
  }

  convertEncoding(options: { fromEncoding: string; toEncoding: string }): this {
    return this.#add({ op: 'convert', from: options.fromEncoding, to: options.toEncoding });
  }

  hash({
    algorithm,
    contentEncoding = 'UTF_8',
    resultEncoding = 'HEX',
  }: {
    algorithm: string;
    contentEncoding?: string;
    resultEncoding?: string;
  }): this {
    return this.#add({ op: 'hash', algorithm, from: contentEncoding, to: resultEncoding });
  }

  hmac(options: { algorithm: string; key: object; contentEncoding?: string; resultEncoding?: string }): this {
    const key = this.#keys.get(options?.key);
    if (!key) throw missingArgument('SecureString.hmac', 'key');
    const { algorithm, contentEncoding = 'UTF_8', resultEncoding = 'HEX' } = options;
    return this.#add({ op: 'hash', algorithm, from: contentEncoding, to: resultEncoding, key: { ...key } });
  }

  toString(): string {
    return 'https.SecureString';
  }

  toJSON(): object {
    return {};
  }
}
