/** A refused login: `detail` is for the Login Audit Trail, `code` and `status` for the caller (pages subsect_156935170194, section_4634920277). */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused';
  readonly detail: string;
  readonly code: 'INVALID_LOGIN_ATTEMPT' | 'INVALID_REQUEST' | 'INSUFFICIENT_PERMISSION';
  constructor(detail: string, code: LoginRefused['code'] = 'INVALID_LOGIN_ATTEMPT') {
    super(`login refused: ${detail}`);
    this.detail = detail;
    this.code = code;
  }
}

/** Who calls: decides the slot, the role and the user of what runs. */
export interface Identity {
  integration: string;
  entity: number;
  role: number;
  scheme: 'OAuth 2.0' | 'Token-based';
}
