import type { Operation, OperationDetail, Overview } from './types';

/** A refusal of the API, with its own words. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

const KEY = 'suiterelay-key';

/** The key lives as long as the tab. */
export const savedKey = (): string | null => sessionStorage.getItem(KEY);
export const saveKey = (key: string): void => sessionStorage.setItem(KEY, key);
export const forgetKey = (): void => sessionStorage.removeItem(KEY);

const headers = (): Record<string, string> => ({ authorization: `Bearer ${savedKey() ?? ''}` });

async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(path, {
    ...init,
    headers: { ...headers(), ...(init.body ? { 'content-type': 'application/json' } : {}) },
  });
  const body = (await response.json().catch(() => null)) as Problem | null;
  if (!response.ok) throw new ApiError(response.status, wordsOf(body) ?? `The relay answered ${response.status}.`);
  return body as T;
}

interface Problem {
  detail?: string;
  errors?: { pointer: string; detail: string }[];
}

/** What is wrong, and where. */
const wordsOf = (problem: Problem | null): string | undefined =>
  problem?.detail &&
  [problem.detail, ...(problem.errors ?? []).map(({ pointer, detail }) => `${pointer}: ${detail}`)].join(' ');

const post = <T>(path: string, body: unknown = {}): Promise<T> =>
  call<T>(path, { method: 'POST', body: JSON.stringify(body) });
const at = (id: string): string => encodeURIComponent(id);

export type Query = Readonly<Record<string, string | undefined>>;

function query(values: Query): string {
  const given = Object.entries(values).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

export const api = {
  overview: () => call<Overview>('/v1/admin/overview'),
  operations: (values: Query) =>
    call<{ operations: Operation[]; next: string | null }>(`/v1/operations${query(values)}`),
  failures: (values: Query) => call<{ failures: Operation[]; next: string | null }>(`/v1/failures${query(values)}`),
  detail: (id: string) => call<OperationDetail>(`/v1/failures/${at(id)}`),
  replay: (id: string, payload?: unknown) =>
    post<Operation>(`/v1/failures/${at(id)}/replay`, payload === undefined ? {} : { payload }),
  resolve: (id: string, note: string) => post<Operation>(`/v1/failures/${at(id)}/resolve`, { note }),
  skip: (id: string, note: string) => post<Operation>(`/v1/failures/${at(id)}/skip`, note === '' ? {} : { note }),
  link: (id: string, internalId: string) => post<Operation>(`/v1/failures/${at(id)}/link`, { internalId }),
  cancel: (id: string) => post<Operation>(`/v1/operations/${at(id)}/cancel`),
  replayAll: (filter: Query) => post<{ replayed: number }>('/v1/failures/replay', { filter }),
  lane: (pool: string, lane: string, paused: boolean) => post(`/v1/admin/pools/${at(pool)}/lanes/${lane}`, { paused }),
  lend: (pool: string, count: number, forSeconds: number) =>
    post(`/v1/admin/pools/${at(pool)}/lend`, { count, forSeconds }),
};

/** Reads server-sent events with the key in a header, which `EventSource` can't send. Ends when the stream does. */
export async function readStream(signal: AbortSignal, take: (event: string, data: unknown) => void): Promise<void> {
  const response = await fetch('/v1/admin/stream', { headers: headers(), signal });
  if (!response.ok || !response.body)
    throw new ApiError(response.status, `The stream was refused (${response.status}).`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const event = /^event: (.*)$/m.exec(part)?.[1] ?? 'message';
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (data !== undefined) take(event, JSON.parse(data));
    }
  }
}
