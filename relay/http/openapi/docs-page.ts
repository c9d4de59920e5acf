import { PROBLEMS } from '../problem';
import { buildOpenApi } from './build-openapi';
import type { JsonObject } from './build-openapi';
import { ROUTES } from './routes-table';
import type { DocumentedRoute } from './documented-route';
import style from './docs.css';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `code` in descriptions. */
const prose = (text: string): string => escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** The API for people: one page, nothing loaded from elsewhere. */
export function docsPage(serverUrl: string): string {
  const document = buildOpenApi('3.1', serverUrl) as { paths: Record<string, Record<string, JsonObject>> };
  const tags = [...new Set(ROUTES.map(({ tag }) => tag))];
  const nav = tags.map((tag) => `<li><a href="#${tag}">${tag}</a></li>`).join('');
  const body = tags.map((tag) => section(tag, document.paths)).join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>SuiteRelay API</title><style>${style}</style></head>
<body><nav><strong>SuiteRelay API</strong><ul>${nav}<li><a href="#problems">Problems</a></li></ul>
<p><a href="/v1/openapi.json">OpenAPI 3.1</a><br><a href="/v1/openapi-3.0.json">OpenAPI 3.0</a><br><a href="/console/">Console</a></p></nav>
<main><h1>SuiteRelay API</h1>
<p>Send records as your CRM returns them. They are stored before you get an answer, written to NetSuite in order and within its limits, and every failure keeps its reason and a remedy.</p>
<pre>${escape(example(serverUrl))}</pre>
${body}
${problems()}
</main></body></html>`;
}

const example = (url: string): string => `curl ${url}/v1/upserts \\
  -H 'Authorization: Bearer <API key>' -H 'Idempotency-Key: 8e03978e-40d5' -H 'Content-Type: application/json' \\
  -d '{"source":"salesforce","object":"Account","records":[{"Id":"001D000000IRFmaIAH","Name":"Acme"}]}'`;

function section(tag: string, paths: Record<string, Record<string, JsonObject>>): string {
  const routes = ROUTES.filter((route) => route.tag === tag).map((route) =>
    article(route, paths[route.path]?.[route.method] ?? {}),
  );
  return `<section id="${tag}"><h2>${tag}</h2>${routes.join('\n')}</section>`;
}

function article(route: DocumentedRoute, described: JsonObject): string {
  const { requestBody, responses, parameters } = described as {
    requestBody?: { content: Record<string, { schema: unknown }> };
    responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
    parameters?: { name: string; in: string; description?: string; required: boolean }[];
  };
  const rows = Object.entries(responses).map(
    ([status, answer]) =>
      `<tr><td class="s${status[0]}">${status}</td><td>${prose(answer.description)}${schemaOf(answer.content)}</td></tr>`,
  );
  const given = (parameters ?? []).map(
    (one) =>
      `<tr><td><code>${one.name}</code></td><td>${one.in}${one.required ? ', required' : ''}${one.description ? `: ${prose(one.description)}` : ''}</td></tr>`,
  );
  return `<article id="${route.id}"><h3><b class="${route.method}">${route.method.toUpperCase()}</b> <code>${route.path}</code></h3>
<p>${prose(route.summary)}.${route.description ? ` ${prose(route.description)}` : ''}</p>
${given.length > 0 ? `<details><summary>Parameters and headers</summary><table>${given.join('')}</table></details>` : ''}
${requestBody ? `<details><summary>Body</summary>${schemaOf(requestBody.content, true)}</details>` : ''}
<details><summary>Answers</summary><table>${rows.join('')}</table></details></article>`;
}

function schemaOf(content: Record<string, { schema: unknown }> | undefined, open = false): string {
  const [type, first] = Object.entries(content ?? {})[0] ?? [];
  if (!first || type === 'application/problem+json') return '';
  const text = `<pre>${escape(JSON.stringify(first.schema, null, 2))}</pre>`;
  return open ? `<p><code>${type ?? ''}</code></p>${text}` : `<details><summary>Schema</summary>${text}</details>`;
}

function problems(): string {
  const rows = Object.entries(PROBLEMS).map(
    ([slug, { status, title, retryable }]) =>
      `<tr id="problem-${slug}"><td>${status}</td><td><code>${slug}</code></td><td>${escape(title)}</td><td>${retryable ? 'try again later' : 'change the request'}</td></tr>`,
  );
  return `<section id="problems"><h2>Problems</h2><p>Errors are <code>application/problem+json</code> (RFC 9457).</p><table>${rows.join('')}</table></section>`;
}
