/** One thing wrong in a configuration: where, what, and what to write instead. */
export interface ConfigIssue {
  /** Path inside the configuration, e.g. `netsuite.0.auth.privateKeyFile`; empty for the file as a whole. */
  path: string;
  message: string;
}

/** The configuration can't be used. Every issue is listed, not only the first. */
export class ConfigError extends Error {
  readonly file: string;
  readonly issues: readonly ConfigIssue[];

  constructor(file: string, issues: readonly ConfigIssue[]) {
    super(
      [
        `${file}: the configuration can't be used:`,
        ...issues.map(({ path, message }) => `  ${path || '(file)'}: ${message}`),
      ].join('\n'),
    );
    this.name = 'ConfigError';
    this.file = file;
    this.issues = issues;
  }
}
