import { relayFolder, StandInNetSuite, startRelayProcess, type RelayProcess } from './relay-process';

export interface RelayStage {
  netsuite: StandInNetSuite;
  folder: ReturnType<typeof relayFolder>;
  /** Starts a relay on the folder; it dies with its test. */
  start: (how?: { clockShiftMs?: number }) => Promise<RelayProcess>;
}

/** For each test of a file: an account that stands in, a folder whose configuration names it, and the relays that the test starts. */
export function relayStage(): RelayStage {
  const running: RelayProcess[] = [];
  const stage = {
    async start(how) {
      const relay = await startRelayProcess(stage.folder.file, how);
      running.push(relay);
      return relay;
    },
  } as RelayStage;
  beforeEach(async () => {
    stage.netsuite = new StandInNetSuite();
    stage.folder = relayFolder(await stage.netsuite.start());
  });
  afterEach(async () => {
    for (const relay of running) relay.child.kill('SIGKILL');
    await Promise.all(running.splice(0).map(({ exited }) => exited));
    await stage.netsuite.stop();
    stage.folder.remove();
  });
  return stage;
}
