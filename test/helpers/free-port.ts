import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Below what operating systems give out by themselves (Linux: from 32,768): nobody who asks for any port takes it meanwhile. */
const FROM = 18_000;
const COUNT = 14_000;

/** A port of this machine for a server that has to come back to the same place. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const server = createServer().listen(FROM + Math.floor(Math.random() * COUNT), '127.0.0.1');
    const listening = await once(server, 'listening').catch(() => null);
    if (listening === null) continue;
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error(`no port from ${FROM} to ${FROM + COUNT} is free`);
}
