/** A control call that can't be carried out. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const badRequest = (message: string): ControlError => new ControlError(400, 'INVALID_REQUEST', message);
export const notFound = (message: string): ControlError => new ControlError(404, 'NOT_FOUND', message);
