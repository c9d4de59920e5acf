import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Express, Response } from 'express';
import style from './console.css';
import page from './index.html';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves the console: a page, a style sheet, a script. Its data come from the API, by an administrator's key. */
export function mountConsole(app: Express): void {
  const guard = (response: Response): Response =>
    response.set({ 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-cache', 'Referrer-Policy': 'no-referrer' });
  app.get('/', (_request, response) => response.redirect(302, '/console/'));
  app.get(['/console', '/console/'], (request, response) => {
    if (request.path === '/console') response.redirect(302, '/console/');
    else guard(response).type('html').send(page);
  });
  app.get('/console/console.css', (_request, response) => void guard(response).type('css').send(style));
  let script: string | undefined;
  app.get('/console/console.js', (_request, response) => {
    script ??= readFileSync(scriptFile(), 'utf8');
    guard(response).type('js').send(script);
  });
}

/** Beside the bundle, or in the build folder of the repository. */
function scriptFile(): string {
  const candidates = [path.join(__dirname, 'console.js'), path.resolve(__dirname, '../../build/relay/console.js')];
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined)
    throw new Error(`the console's script is not built; run \`npm run build\` (looked for ${candidates.join(', ')})`);
  return found;
}
