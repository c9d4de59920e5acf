/** What a check found. `bad` stops the relay from doing its work, `warn` will hurt sooner or later. */
export interface Finding {
  level: 'ok' | 'warn' | 'bad';
  /** What was looked at: `NetSuite 1234567: role`. */
  subject: string;
  message: string;
  remedy?: string;
}

export const ok = (subject: string, message: string): Finding => ({ level: 'ok', subject, message });
export const warn = (subject: string, message: string, remedy: string): Finding => ({
  level: 'warn',
  subject,
  message,
  remedy,
});
export const bad = (subject: string, message: string, remedy: string): Finding => ({
  level: 'bad',
  subject,
  message,
  remedy,
});
