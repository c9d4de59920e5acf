import type { Express } from 'express';
import { buildOpenApi } from './build-openapi';
import { docsPage } from './docs-page';

/** The documents are built when first asked for, and kept. */
export function mountDocs(app: Express, publicUrl: () => string): void {
  const once = new Map<string, unknown>();
  const keep = <T>(name: string, make: () => T): T => {
    const key = `${name}|${publicUrl()}`;
    if (!once.has(key)) once.set(key, make());
    return once.get(key) as T;
  };
  app.get('/v1/openapi.json', (_request, response) => {
    response.json(keep('3.1', () => buildOpenApi('3.1', publicUrl())));
  });
  app.get('/v1/openapi-3.0.json', (_request, response) => {
    response.json(keep('3.0', () => buildOpenApi('3.0', publicUrl())));
  });
  app.get('/docs', (_request, response) => {
    response.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
    response.type('html').send(keep('docs', () => docsPage(publicUrl())));
  });
}
