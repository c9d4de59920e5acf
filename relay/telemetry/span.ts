/** Something that took time, as part of a trace. */
export interface Span {
  /** 32 and 16 hex digits. */
  traceId: string;
  spanId: string;
  parentSpanId?: string | undefined;
  name: string;
  /** `server`: somebody called us; `client`: we called somebody. */
  kind: 'server' | 'client';
  /** Ms since epoch. */
  startMs: number;
  endMs: number;
  attributes: Readonly<Record<string, string | number | boolean | undefined>>;
  /** What went wrong. */
  error?: string | undefined;
  /** Further traces it worked for: a call carries operations of many. */
  links?: readonly string[] | undefined;
}

/** Where spans go. */
export type Tracer = (span: Span) => void;
