import { missingArgument, unsupported } from '../errors';
import type { Guest, Json, JsonObject, ModuleFactory } from '../types';
import { isObject, withPromise, wrongType, type Options } from './arguments';
import type { FileState } from './file-object';

/** N/email (page section_4358552361): what is sent lands in the e-mail ledger. */
export const createEmailModule: ModuleFactory = (guest) => ({
  send: withPromise((options: Options) => send(guest, 'send', options)),
  sendBulk: withPromise((options: Options) => send(guest, 'sendBulk', options)),
  sendCampaignEvent: withPromise(() => {
    throw unsupported('email.sendCampaignEvent');
  }),
});

function send(guest: Guest, api: string, options: Options): void {
  if (!isObject(options)) throw missingArgument(`email.${api}`, 'options');
  for (const name of ['author', 'recipients', 'subject', 'body']) {
    if (options[name] === undefined || options[name] === null) throw missingArgument(`email.${api}`, name);
  }
  for (const name of ['subject', 'body']) if (typeof options[name] !== 'string') throw wrongType(name, 'string');
  const list = (value: unknown): Json[] =>
    value === undefined || value === null ? [] : ((Array.isArray(value) ? value : [value]) as Json[]);
  guest.syscall('email.send', {
    api: `email.${api}`,
    author: options.author as Json,
    recipients: list(options.recipients),
    cc: list(options.cc),
    bcc: list(options.bcc),
    replyTo: (options.replyTo as Json) ?? null,
    subject: options.subject as string,
    body: options.body as string,
    attachments: list(options.attachments as Json).map((file) => attachment(guest, file as unknown as object)),
  });
}

function attachment(guest: Guest, file: object): JsonObject {
  const state = (guest.bridges.fileStates as WeakMap<object, FileState> | undefined)?.get(file);
  if (!state) throw wrongType('attachments', 'file.File[]');
  return { name: state.name, fileType: state.fileType, contents: (file as { getContents(): string }).getContents() };
}
