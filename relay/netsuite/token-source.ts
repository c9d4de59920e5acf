import { request, type Dispatcher } from 'undici';
import * as z from 'zod';
import { makeAssertion, type AssertionAlgorithm } from './make-assertion';
import { readErrorBody } from './read-error-body';
import type { Authorizer } from './types';
import type { KeyObject } from 'node:crypto';

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().default(3600) });

/** A token is replaced this long before it ends, in ms: a call of 240 s must not outlive it. */
const RENEW_BEFORE_MS = 300_000;

export interface OAuth2Credentials {
  clientId: string;
  certificateId: string;
  privateKey: KeyObject;
  alg: AssertionAlgorithm;
  tokenUrl: string;
  audience: string;
  scope: readonly string[];
}

/** Longest wait for the token endpoint, in ms: calls that have a slot wait with it. */
const TOKEN_ANSWER_MS = 30_000;

/** The token endpoint said no. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused' as const;
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(
      `The token endpoint answered ${status} ${code}: ${detail}. Check client id, certificate id, key and role of the mapping.`,
    );
    this.status = status;
    this.code = code;
  }
}

interface Token {
  text: string;
  usableUntil: number;
}

const bearer = ({ text }: Token): string => `Bearer ${text}`;

/** OAuth 2.0 client credentials: one token, fetched once however many calls wait for it. No refresh token exists (Oracle page section_162755359851). */
export function oauth2Authorizer(
  credentials: OAuth2Credentials,
  agent: Dispatcher,
  now: () => number = Date.now,
): Authorizer {
  let token: Token | null = null;
  let pending: Promise<Token> | null = null;

  const fetchOnce = (): Promise<Token> => {
    pending ??= fetchToken(credentials, agent, now).then(
      (fetched) => {
        token = fetched;
        pending = null;
        return fetched;
      },
      (error: unknown) => {
        pending = null;
        throw error;
      },
    );
    return pending;
  };

  return {
    header: async () => bearer(token && token.usableUntil > now() ? token : await fetchOnce()),
    // Many calls may learn of one ended token: only the first of them drops it, the others find the new one.
    renew: (refused) => {
      if (token && refused === bearer(token)) token = null;
      return true;
    },
  };
}

async function fetchToken(credentials: OAuth2Credentials, agent: Dispatcher, now: () => number): Promise<Token> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: makeAssertion({ ...credentials, issuedAt: Math.floor(now() / 1000) }),
  });
  const answer = await request(credentials.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    headersTimeout: TOKEN_ANSWER_MS,
    bodyTimeout: TOKEN_ANSWER_MS,
    dispatcher: agent,
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) {
    const error = readErrorBody(text);
    throw new TokenRefused(answer.statusCode, error?.code ?? 'error', error?.message ?? text.slice(0, 200));
  }
  const { access_token, expires_in } = tokenSchema.parse(JSON.parse(text));
  const lifeMs = expires_in * 1000;
  return { text: access_token, usableUntil: now() + Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2) };
}
