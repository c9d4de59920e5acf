import type { Span } from './span';

/** OTLP 1 in its JSON form (opentelemetry-proto, `ExportTraceServiceRequest`): ids in hex, times in ns as text, enums as numbers. */

const KINDS = { server: 2, client: 3 } as const;
const ERROR = 2;
/** Traces named with one call; a batch of hundreds says how many it carried. The span in them is not known here: part of the id stands for it. */
const MOST_LINKS = 32;

const value = (of: string | number | boolean) =>
  typeof of === 'string'
    ? { stringValue: of }
    : typeof of === 'boolean'
      ? { boolValue: of }
      : Number.isInteger(of)
        ? { intValue: String(of) }
        : { doubleValue: of };

const attributesOf = (attributes: Span['attributes']) =>
  Object.entries(attributes).flatMap(([key, one]) => (one === undefined ? [] : [{ key, value: value(one) }]));

const nanoseconds = (ms: number): string => `${Math.round(ms)}000000`;

const encodeSpan = (span: Span) => ({
  traceId: span.traceId,
  spanId: span.spanId,
  ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
  name: span.name,
  kind: KINDS[span.kind],
  startTimeUnixNano: nanoseconds(span.startMs),
  endTimeUnixNano: nanoseconds(span.endMs),
  attributes: attributesOf(span.attributes),
  links: (span.links ?? []).slice(0, MOST_LINKS).map((traceId) => ({ traceId, spanId: traceId.slice(16) })),
  status: span.error === undefined ? {} : { code: ERROR, message: span.error },
});

export const encodeSpans = (spans: readonly Span[], resource: Readonly<Record<string, string>>) => ({
  resourceSpans: [
    {
      resource: { attributes: attributesOf(resource) },
      scopeSpans: [{ scope: { name: 'suiterelay' }, spans: spans.map(encodeSpan) }],
    },
  ],
});
