import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * What happens to a call on its way: nothing; the connection ends before it arrives; it arrives and the connection ends at once, while the
 * script runs; the answer never comes; half of the answer comes; a page of somebody else comes in its place.
 */
export type Trouble = 'none' | 'cut before' | 'cut after' | 'silence' | 'half' | 'foreign page';

export interface HostileProxy {
  url: string;
  /** How many calls had which trouble. */
  counts: ReadonlyMap<Trouble, number>;
  /** Longest time that the account took for a call, as seen from here, in ms; on a busy machine longer than it may. */
  longestMs: () => number;
  /** From now on everything passes. */
  calm: () => void;
  stop: () => Promise<void>;
}

const FOREIGN_PAGE =
  'HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: 18\r\nconnection: close\r\n\r\n<h1>Sorry</h1>\r\n\r\n';

/** Stands between relay and account, on the bytes of their connections. `plan` is gone through call by call, again and again. */
export async function startHostileProxy(
  target: string,
  plan: readonly Trouble[],
  troubles = 'srl_upsert',
): Promise<HostileProxy> {
  const counts = new Map<Trouble, number>();
  const open = new Set<Socket>();
  let calls = 0;
  let calm = false;
  let longestMs = 0;
  const next = (): Trouble => {
    const trouble = calm ? 'none' : (plan[calls++ % plan.length] ?? 'none');
    counts.set(trouble, (counts.get(trouble) ?? 0) + 1);
    return trouble;
  };
  const { hostname, port } = new URL(target);
  const server = createServer((caller) => {
    const account = connect(Number(port), hostname);
    let trouble: Trouble = 'none';
    let begun: number | null = null;
    const over = (): void => {
      if (begun !== null) longestMs = Math.max(longestMs, performance.now() - begun);
      begun = null;
    };
    for (const socket of [caller, account]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => open.delete(socket));
    }
    const end = (): void => {
      caller.destroy();
      account.destroy();
    };
    caller.once('close', () => account.end());
    account.once('close', over).once('close', end);
    caller.on('data', (bytes: Buffer) => {
      if (isBeginning(bytes)) {
        trouble = bytes.includes(troubles) ? next() : 'none';
        begun = performance.now();
      }
      if (trouble === 'cut before') return end();
      account.write(bytes);
      // The rest of the request is on its way when the caller is cut off; the account goes on with it.
      if (trouble === 'cut after') setTimeout(() => caller.destroy(), 20);
    });
    account.on('data', (bytes: Buffer) => {
      over();
      if (trouble === 'none') caller.write(bytes);
      else if (trouble === 'half') caller.end(bytes.subarray(0, bytes.length / 2), end);
      else if (trouble === 'foreign page') caller.end(FOREIGN_PAGE, end);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    longestMs: () => longestMs,
    calm: () => (calm = true),
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Calls of a connection come one after the other: bytes that begin with a method begin a call. */
const isBeginning = (bytes: Buffer): boolean =>
  /^(GET|POST|PUT|DELETE) \//.test(bytes.subarray(0, 16).toString('latin1'));
