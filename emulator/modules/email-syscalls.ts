import { fault, type Account, type Execution, type SyscallTable } from '../kernel/types';

type Address = string | number;
interface Mail {
  api: 'email.send' | 'email.sendBulk';
  author: Address;
  recipients: Address[];
  cc: Address[];
  bcc: Address[];
  replyTo: string | null;
  subject: string;
  body: string;
  attachments: { name: string; fileType: string; contents: string }[];
}

const MAX_RECIPIENTS = 10;
const MAX_MESSAGE_BYTES = 15 * 1024 * 1024;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;

/** An address is an e-mail address, or the internal id of an entity that has one. */
function isDeliverable(account: Account, address: Address): boolean {
  const text = String(address).trim();
  if (!/^-?\d+$/.test(text)) return EMAIL.test(text);
  return typeof account.store.getInGroup('entity', text)?.fields.email === 'string';
}

function isEmployee(account: Account, author: Address): boolean {
  const text = String(author);
  if (/^-?\d+$/.test(text)) return account.store.get('employee', text) !== undefined;
  return account.store.list('employee').some(({ fields }) => fields.email === text);
}

/** N/email: billed before it is checked; nothing leaves the machine. */
function send(account: Account, execution: Execution, mail: Mail): null {
  account.charge(execution, mail.api);
  if (!isEmployee(account, mail.author))
    throw fault('SSS_AUTHOR_MUST_BE_EMPLOYEE', 'The author internal id or email must match an employee.');
  const lists = [
    ['SSS_INVALID_TO_EMAIL', 'recipient', mail.recipients],
    ['SSS_INVALID_CC_EMAIL', 'cc', mail.cc],
    ['SSS_INVALID_BCC_EMAIL', 'bcc', mail.bcc],
  ] as const;
  for (const [code, name, addresses] of lists) {
    if (addresses.some((address) => !isDeliverable(account, address)))
      throw fault(code, `One or more ${name} emails are not valid.`);
  }
  if (mail.api === 'email.send' && mail.recipients.length + mail.cc.length + mail.bcc.length > MAX_RECIPIENTS) {
    throw fault('SSS_MAXIMUM_NUMBER_RECIPIENTS_EXCEEDED', 'You may have a maximum number of 10 recipients.');
  }
  const size = mail.attachments.reduce((sum, { contents }) => sum + contents.length, mail.body.length);
  if (size > MAX_MESSAGE_BYTES) throw fault('ATTACH_SIZE_EXCEEDED', 'This message exceeds the limit of 15 MB.');
  const { api: _api, replyTo, ...rest } = mail;
  account.ledgers.push('email', { ...rest, ...(replyTo === null ? {} : { replyTo }), scriptId: execution.scriptId });
  return null;
}

export const emailSyscalls: SyscallTable = { 'email.send': send };
