// Optional check, run by .ci/interop: signers in other languages get through the emulator's TBA check, and a wrong secret does not.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '../..');
const ECHO = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define([], () => ({ get: (params) => ({ got: params.q }), post: (body) => ({ got: body.q }) }));`;

const emulator = spawn(process.execPath, [path.join(root, 'build/emulator/main.cjs')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await once(createInterface({ input: emulator.stdout }), 'line');
const { url, control, credentials } = JSON.parse(line);

try {
  const deployed = await fetch(new URL('scripts', control), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([
      {
        scriptId: 'customscript_interop_echo',
        type: 'restlet',
        path: 'SuiteScripts/interop/echo.js',
        source: ECHO,
        deployments: [{ deploymentId: 'customdeploy_interop_echo', status: 'RELEASED' }],
      },
    ]),
  });
  assert.equal(deployed.status, 200, await deployed.text());
  const target = `${url}/app/site/hosting/restlet.nl?script=customscript_interop_echo&deploy=customdeploy_interop_echo`;
  const call = (signer, given) =>
    JSON.parse(
      execFileSync(
        signer[0],
        [path.join(import.meta.dirname, signer[1]), JSON.stringify({ ...credentials.tba, ...given })],
        { encoding: 'utf8' },
      ),
    );

  for (const signer of [
    ['/usr/bin/python3', 'call.py'],
    ['perl', 'call.pl'],
  ]) {
    const post = call(signer, { method: 'POST', url: target, body: { q: 'ä b*c' } });
    assert.equal(post.status, 200, post.body);
    assert.match(post.body, /"got":\s*"ä b\*c"/);
    const get = call(signer, { method: 'GET', url: `${target}&q=id%20b%2Ac` });
    assert.equal(get.status, 200, get.body);
    const wrong = call(signer, { method: 'POST', url: target, body: { q: 1 }, tokenSecret: 'wrong' });
    assert.equal(wrong.status, 401, wrong.body);
    assert.match(wrong.body, /INVALID_LOGIN_ATTEMPT/);
    console.log(`${signer[1]}: POST and GET accepted, wrong secret refused with 401`);
  }
} finally {
  emulator.kill('SIGTERM');
}
