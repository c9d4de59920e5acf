/** Key of the benchmark's own relay; it serves this machine for seconds. */
export const KEY = 'srl_bench_key';
