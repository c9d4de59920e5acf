/** A benchmark: figures of ours, figures of a peer measured in the same run, and the machine they hold for. */
export interface BenchResult {
  name: string;
  figures: Record<string, number>;
  peer: Record<string, number>;
  /** What the figures have to be, and whether they are. */
  goals?: Goal[];
}

export interface Goal {
  goal: string;
  figure: number;
  met: boolean;
}

export interface Benchmark {
  name: string;
  /** One line for `npm run bench -- --list`. */
  about: string;
  /** `args` are the words behind its name on the command line. */
  run(say: (line: string) => void, args: readonly string[]): Promise<BenchResult>;
}
