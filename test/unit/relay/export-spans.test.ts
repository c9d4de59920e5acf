import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { startExportingSpans } from '../../../relay/telemetry/export-spans';
import type { Span } from '../../../relay/telemetry/span';

const span = (name: string): Span => ({
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name,
  kind: 'server',
  startMs: 0,
  endMs: 1,
  attributes: {},
});

test('a collector that takes calls and never answers gets one at a time, spans kept for it stay few, and it keeps no relay from ending', async () => {
  let calls = 0;
  let open = 0;
  let most = 0;
  const collector = createServer((_request, response) => {
    calls += 1;
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => (open -= 1));
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const dropped: number[] = [];
  const log = pino(
    { level: 'warn' },
    { write: (line) => dropped.push((JSON.parse(line) as { dropped: number }).dropped) },
  );
  const { trace, stop } = startExportingSpans({
    endpoint: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    headers: {},
    resource: {},
    log,
    everyMs: 5,
    timeoutMs: 1_000,
  });
  try {
    const end = Date.now() + 1_500;
    let made = 0;
    while (Date.now() < end) {
      for (let at = 0; at < 500; at += 1) trace(span(`s${(made += 1)}`));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(calls).toBeGreaterThan(0);
    expect(most).toBe(1);
    // All but what is kept and what is under way was let go of, and counted.
    const before = Date.now();
    await stop();
    expect(Date.now() - before).toBeLessThan(5_000);
    expect(made - dropped.at(-1)!).toBeLessThanOrEqual(4_096 + 512);
  } finally {
    collector.closeAllConnections();
    collector.close();
  }
}, 30_000);
