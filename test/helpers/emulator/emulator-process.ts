import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ReadyLine } from '../../../emulator/start/start-emulator';
import { spawnChild } from '../spawn-child';

const ENTRY = path.resolve(__dirname, '../../../build/emulator/main.cjs');

export interface EmulatorProcess {
  ready: ReadyLine;
  control(method: string, call: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** Calls a RESTlet with JSON, as the given user. */
  restlet(
    script: string,
    deployment: string,
    body: unknown,
    as?: { entity: number; role: number },
  ): Promise<{ status: number; text: string }>;
  /** Ends it with SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the built emulator as its own process and waits for its ready line. */
export async function startProcess(args: string[]): Promise<EmulatorProcess> {
  const child = spawnChild([ENTRY, ...args], { stderr: 'pipe' });
  const ready = JSON.parse(await firstLine(child)) as ReadyLine;
  const control: EmulatorProcess['control'] = async (method, call, body) => {
    const response = await fetch(`${ready.control}${call}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    ready,
    control,
    restlet: async (script, deployment, body, as) => {
      const token = (await control('POST', 'token', as ?? {})).body as { access_token: string };
      const response = await fetch(`${ready.url}/app/site/hosting/restlet.nl?script=${script}&deploy=${deployment}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill('SIGTERM');
      await once(child, 'exit');
      return child.exitCode;
    },
  };
}

/** Runs it to its end; for starts that must fail. */
export async function runProcess(args: string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawnChild([ENTRY, ...args], { stderr: 'pipe' });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  await once(child, 'close');
  return { code: child.exitCode, stderr };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let [out, errors] = ['', ''];
  child.stderr?.on('data', (chunk) => (errors += String(chunk)));
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
      if (out.includes('\n')) resolve(out.slice(0, out.indexOf('\n')));
    });
    child.once('exit', (code) => reject(new Error(`the emulator ended with ${code}: ${errors}`)));
  });
}
