import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an alert's webhook was sent. */
export interface ToldAlert {
  type: string;
  data: { title: string; remedy: string };
}

/** A place that takes alerts as JSON and keeps them. */
export async function openAlertInbox(): Promise<{ url: string; told: ToldAlert[]; close: () => void }> {
  const told: ToldAlert[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      told.push(JSON.parse(text) as ToldAlert);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, told, close: () => void server.close() };
}
