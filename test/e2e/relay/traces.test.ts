import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KEY, relayFolder, StandInNetSuite, startRelayProcess } from '../../helpers/relay-process';

interface Exported {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Record<string, unknown> }[];
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

test('a record can be followed in OpenTelemetry from the caller over the relay into the call of NetSuite', async () => {
  const spans: Exported[] = [];
  let sent: { url: string | undefined; key: unknown } | undefined;
  const collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Exported[] }[] }[] };
      for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
      sent = { url: request.url, key: request.headers['x-key'] };
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const netsuite = new StandInNetSuite();
  const folder = relayFolder(await netsuite.start(), {
    telemetry: { otlp: { endpoint, headers: { 'x-key': 'of the collector' } } },
  });
  const relay = await startRelayProcess(folder.file);
  const answer = await fetch(`${relay.url}/v1/upserts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'idempotency-key': 'traced',
      prefer: 'wait=25',
      traceparent: `00-${TRACE}-${CALLER}-01`,
    },
    body: JSON.stringify({
      source: 'direct',
      records: [
        { recordType: 'customer', action: 'upsert', key: { externalId: 'T' }, fields: { phone: { value: '1' } } },
      ],
    }),
  });
  expect(answer.status).toBe(200);
  // A stop sends what is still there.
  relay.child.kill('SIGTERM');
  expect(await relay.exited).toBe(0);
  const server = spans.find(({ kind }) => kind === 2);
  const client = spans.find(({ kind }) => kind === 3);
  expect(server).toMatchObject({ traceId: TRACE, parentSpanId: CALLER, name: 'POST /v1/upserts' });
  expect(answer.headers.get('traceparent')).toBe(`00-${TRACE}-${server?.spanId}-01`);
  expect(client).toMatchObject({ traceId: TRACE, name: 'NetSuite upsert customer' });
  expect(client?.attributes).toContainEqual({ key: 'suiterelay.units', value: { intValue: '10' } });
  expect(Number(client?.endTimeUnixNano)).toBeGreaterThanOrEqual(Number(client?.startTimeUnixNano));
  expect(sent).toEqual({ url: '/v1/traces', key: 'of the collector' });
  await netsuite.stop();
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
  folder.remove();
});
