import type { Settled } from '../../store/types';
import { requireAction } from '../authenticate';
import type { Route } from '../request-context';
import { overviewOf } from '../views/overview';

/** How often the counts are sent, in ms, when something moved; and at the latest after `QUIET_MS`. */
const EVERY_MS = 500;
const QUIET_MS = 15_000;
/** Settlements kept for one listener between two sends: a slow one loses the oldest, not the relay its memory. */
const MAX_KEPT = 500;

/** GET /v1/admin/stream: server-sent events for the console: `overview` with the counts, `settled` with what moved. */
export const getStream: Route = async ({ services, principal, request, response }) => {
  requireAction(principal, 'admin');
  response
    .status(200)
    .set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  response.flushHeaders();
  let settled: Settled[] = [];
  let moved = true;
  let sentAt = 0;
  let busy = false;
  const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const unlisten = services.store.onSettled((more) => {
    settled = [...settled, ...more].slice(-MAX_KEPT);
    moved = true;
  });
  const unlistenWork = services.store.onWork(() => {
    moved = true;
  });
  const tick = async () => {
    if (busy || (!moved && services.now() - sentAt < QUIET_MS) || response.writableLength > 1_000_000) return;
    busy = true;
    moved = false;
    const kept = settled;
    settled = [];
    try {
      send('overview', await overviewOf(services));
      if (kept.length > 0) send('settled', kept);
      sentAt = services.now();
    } catch (error) {
      services.log.warn({ err: error }, 'the console could not be told');
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => {
    if (services.stopping()) response.end();
    else void tick();
  }, EVERY_MS);
  const leave = () => {
    clearInterval(timer);
    unlisten();
    unlistenWork();
  };
  // Before the first counts are read: who leaves meanwhile is not told of a second time.
  response.once('close', leave);
  if (response.destroyed) leave();
  else await tick();
};
