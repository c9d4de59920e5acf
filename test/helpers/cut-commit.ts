import { connect, createServer, type AddressInfo } from 'node:net';

/**
 * Stands between a store, or a move, and its PostgreSQL server, and cuts the connection at the commit of what holds a text: before it arrives, or
 * after it was carried out and before anybody is told. Answers the address to connect to; once cut, all else passes but for the next connections that are refused.
 */
export async function cutCommit(target: string, when: 'before' | 'after', { holding = 'setval', refused = 0 } = {}) {
  const server = new URL(target);
  let done = false;
  const proxy = createServer((caller) => {
    if (done && refused-- > 0) {
      caller.destroy();
      return;
    }
    const onward = connect(Number(server.port), server.hostname);
    const cut = (): void => {
      done ||= committing;
      caller.destroy();
      onward.destroy();
    };
    let copied = false;
    let committing = false;
    caller.on('data', (sent: Buffer) => {
      copied ||= !done && sent.includes(holding);
      committing = copied && sent.includes('COMMIT');
      if (committing && when === 'before') cut();
      else onward.write(sent);
    });
    onward.on('data', (said: Buffer) => {
      if (committing) cut();
      else caller.write(said);
    });
    for (const socket of [caller, onward]) socket.on('error', cut).on('close', cut);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return { url: url.href, wasCut: () => done, stop: () => new Promise((resolve) => proxy.close(resolve)) };
}
