/** Something a person at the terminal must set right; shown without a stack. `exitCode`: 1 = it failed, 2 = it could not begin. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
