import { createTransport } from 'nodemailer';
import type { AlertConfig } from '../config/schema';
import { alertText } from './alert';
import type { Alert } from './alert';

const TIMEOUT_MS = 15_000;

/** In a message of Slack these three are markup: a value such as `<!channel>` in a reason would call everybody. */
const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Sends an alert to one place. Throws when it was not taken. */
export async function sendAlert(config: AlertConfig, alert: Alert): Promise<void> {
  switch (config.type) {
    case 'slack':
      return post(config.url ?? '', { text: slackText(alertText(alert)) });
    case 'webhook':
      return post(config.url ?? '', { type: `suiterelay.alert.${alert.kind}`, timestamp: alert.at, data: alert });
    case 'email':
      return mail(config, alert);
  }
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${new URL(url).host} answered ${answer.status}`);
}

async function mail({ smtp, from, to }: AlertConfig, alert: Alert): Promise<void> {
  if (!smtp || from === undefined || to.length === 0) throw new Error('smtp, from and to are needed');
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    // 465 speaks TLS from the first byte; on other ports the server offers it (STARTTLS).
    secure: smtp.port === 465,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: smtp.password ?? '' } }),
  });
  try {
    await transport.sendMail({ from, to: [...to], subject: `[SuiteRelay] ${alert.title}`, text: alertText(alert) });
  } finally {
    transport.close();
  }
}
