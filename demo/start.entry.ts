/**
 * `npm start -- [--once] [--json] [--data DIR] [--port N]`: a NetSuite account, the relay and two CRMs on this machine, and the sample
 * through them. Ends with 0 when all is right, 1 when records are wrong or missing, 2 when it could not start.
 */
import { readOptions, type DemoOptions } from './options';
import { playSample, setStage, type Stage } from './run-demo';

async function main(): Promise<number> {
  let options: DemoOptions;
  let stage: Stage;
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  try {
    options = readOptions(process.argv.slice(2));
    stage = await setStage(options, say);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 2;
  }
  const stopped = new Promise<'stopped'>((resolve) => {
    process.once('SIGINT', () => resolve('stopped'));
    process.once('SIGTERM', () => resolve('stopped'));
  });
  console.log(options.json ? JSON.stringify(stage.ready) : readyText(stage.ready));
  try {
    const played = await Promise.race([playSample(stage, say), stopped]);
    if (played === 'stopped') {
      say('Stopped before the sample was through.');
      return 1;
    }
    const { summary, text } = played;
    if (!options.json) console.log(text);
    if (!options.once) {
      console.log(options.json ? JSON.stringify(summary) : keepText(stage.ready));
      await stopped;
    } else console.log(JSON.stringify(summary));
    return summary.ok ? 0 : 1;
  } finally {
    await stage.close();
  }
}

interface ReadyParts {
  relay: { url: string; console: string; apiKeys: { admin: string } };
  emulator: { url: string };
  crm: { salesforce: { url: string }; hubspot: { url: string } };
}

function readyText(ready: Record<string, unknown>): string {
  const { relay, emulator, crm } = ready as unknown as ReadyParts;
  return `Relay ${relay.url}, NetSuite ${emulator.url}, Salesforce ${crm.salesforce.url}, HubSpot ${crm.hubspot.url}`;
}

function keepText(ready: Record<string, unknown>): string {
  const { relay } = ready as unknown as ReadyParts;
  return `Console: ${relay.console} (key ${relay.apiKeys.admin}). Ctrl-C ends it.`;
}

main().then(
  // What is left of a sample that was stopped must not keep the process.
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
