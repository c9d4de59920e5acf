/** The value below which a share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

export interface Rate {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Closed loop: so many callers, each with its next call as soon as the last is answered. */
export async function closedLoop(callers: number, forMs: number, call: () => Promise<unknown>): Promise<Rate> {
  const samples: number[] = [];
  const begun = performance.now();
  const end = begun + forMs;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const at = performance.now();
      await call();
      samples.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: callers }, one));
  return {
    perSecond: Math.round((samples.length * 1000) / (performance.now() - begun)),
    p50Ms: round(quantile(samples, 0.5)),
    p99Ms: round(quantile(samples, 0.99)),
  };
}
