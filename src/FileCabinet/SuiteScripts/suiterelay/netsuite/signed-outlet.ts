import crypto from 'N/crypto';
import encode from 'N/encode';
import https from 'N/https';
import log from 'N/log';
import runtime from 'N/runtime';
import type { Outlet } from '../outbox/send-bucket';
import { batchHeaders, signedContent } from '../outbox/sign-batch';
import { setRowAside, settleEvent } from './outbox-port';
import { flagParameter, textParameter } from './script-meter';

/** API secrets; each holds the base64 part of a `whsec_…` secret. The second one is there only while secrets are rotated. */
const SECRETS = ['custsecret_srl_events', 'custsecret_srl_events_next'];

/** Posts signed batches to the configured relay and settles accepted rows. */
export function signedOutlet(): Outlet {
  const url = textParameter('custscript_srl_relay_url') ?? '';
  const keep = flagParameter('custscript_srl_keep_published');
  const script = runtime.getCurrentScript();
  return {
    post: (webhookId, body) => {
      const timestampSeconds = Math.floor(Date.now() / 1000);
      const content = signedContent(webhookId, timestampSeconds, body);
      const headers = batchHeaders(webhookId, timestampSeconds, signaturesOf(content));
      return https.post({ url, body, headers }).code;
    },
    settle: ({ id }) => {
      settleEvent(id, keep);
    },
    setAside: ({ id, subject }, status) => {
      setRowAside(id);
      log.error({
        title: `SuiteRelay: event ${id} was set aside`,
        details: `${subject}: the relay answered ${status}`,
      });
    },
    unitsLeft: () => script.getRemainingUsage(),
  };
}

function signaturesOf(content: string): string[] {
  const [current, ...others] = SECRETS;
  const signatures = [sign(content, current ?? '')];
  for (const secret of others) {
    try {
      signatures.push(sign(content, secret));
    } catch {
      // No rotation under way: the second secret does not exist.
      continue;
    }
  }
  return signatures;
}

function sign(content: string, secret: string): string {
  const key = crypto.createSecretKey({ secret, encoding: encode.Encoding.BASE_64 });
  const hmac = crypto.createHmac({ algorithm: crypto.HashAlg.SHA256, key });
  hmac.update({ input: content, inputEncoding: encode.Encoding.UTF_8 });
  return hmac.digest({ outputEncoding: encode.Encoding.BASE_64 });
}
