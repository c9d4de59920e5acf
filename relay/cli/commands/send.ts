import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { CliError } from '../cli-error';
import { json, note } from '../print';
import { readRecords } from '../read-records';
import { relayTarget } from '../relay-api';
import { howToGoOn, PartSender, readPatience } from '../send-parts';

interface SendOptions {
  url?: string;
  key?: string;
  source: string;
  object?: string;
  lane?: string;
  batch: string;
  again?: boolean;
  wait: string;
}

export function addSend(program: Command): void {
  program
    .command('send <file>')
    .description('send records of a file; the same file sent again is recognised and adds nothing')
    .requiredOption('--source <name>', 'source the records come from, or direct')
    .option('--object <name>', "the CRM's name of the object")
    .option('--lane <lane>', 'realtime or bulk')
    .option('--batch <n>', 'records in a request, at most 1000', '200')
    .option('--again', 'send as new requests even if the same file was sent before')
    .option('--url <url>', 'address of the relay (SUITERELAY_URL)')
    .option('--key <key>', 'API key (SUITERELAY_KEY)')
    .option('--wait <minutes>', 'how long to wait for a relay that is away or busy, until it takes the next part', '15')
    .action((file: string, options: SendOptions) => send(file, options));
}

async function send(file: string, options: SendOptions): Promise<void> {
  const size = Number(options.batch);
  if (!Number.isInteger(size) || size < 1 || size > 1000) throw new CliError('--batch must be 1 to 1000', 2);
  const records = readRecords(file);
  const salt = options.again ? randomUUID() : '';
  const patienceMs = readPatience(options.wait);
  const goOn = options.again ? 'What was sent so far is stored; the same command would send it again.' : howToGoOn();
  const sender = new PartSender(relayTarget(options), { salt, patienceMs, goOn });
  let accepted = 0;
  let ignored = 0;
  const requests: string[] = [];
  for (let from = 0; from < records.length; from += size) {
    const body = {
      source: options.source,
      ...(options.object === undefined ? {} : { object: options.object }),
      records: records.slice(from, from + size),
      ...(options.lane === undefined ? {} : { options: { lane: options.lane } }),
    };
    const answer = await sender.send(body);
    accepted += answer.accepted;
    ignored += answer.ignored?.length ?? 0;
    if (answer.requestId !== null) requests.push(answer.requestId);
    note(`${Math.min(from + size, records.length)} of ${records.length} sent`);
  }
  json({ records: records.length, accepted, ignored, requests });
}
