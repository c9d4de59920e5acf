import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an alert's webhook was sent. */
export interface ToldAlert {
  type: string;
  data: { title: string; remedy: string };
}

/** A place that takes alerts as JSON and keeps them. */
export async function openAlertInbox(): Promise<{
  url: string;
  told: ToldAlert[];
  /** Whether it is away. */
  refuse: (away: boolean) => void;
  close: () => void;
}> {
  const told: ToldAlert[] = [];
  let away = false;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      if (away) response.statusCode = 503;
      else told.push(JSON.parse(text) as ToldAlert);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, told, refuse: (value) => (away = value), close: () => void server.close() };
}
