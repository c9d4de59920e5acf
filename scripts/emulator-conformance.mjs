// Writes the conformance table of docs/emulator.md from the tests themselves: every test of test/conformance whose title, or whose group's title, names
// a page of Oracle's help. `--check` writes nothing and exits with 1 when the table is out of date.
import { glob, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const DOCUMENT = path.join(root, 'docs/emulator.md');
const BEGIN = '<!-- conformance: written by scripts/emulator-conformance.mjs -->';
const END = '<!-- conformance: end -->';
const HELP = 'https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/';

const PAGE = /\b(?:section|bridgehead|subsect|chapter|article)_\w+/g;
const TITLE =
  /^( *)(describe|it)(?:\.each)?\b[\s\S]*?\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)\s*,/;

/** `(sections 4483840988, 4472721828)` names pages too. */
const pagesOf = (title) => [
  ...(title.match(PAGE) ?? []),
  ...[...title.matchAll(/\bsections? ((?:N?\d{6,}(?:, )?)+)/g)].flatMap((found) =>
    found[1].split(', ').map((id) => `section_${id}`),
  ),
];

const withoutPages = (title) =>
  title.replace(/\s*\([^()]*(?:(?:section|bridgehead|subsect|chapter|article)_|sections? N?\d)[^()]*\)/g, '');

/** Titles in order with their depth; a title may stand lines after its `it.each([`. */
function titlesOf(text) {
  const found = [];
  const starts = [...text.matchAll(/^ *(?:describe|it)(?:\.each)?\b/gm)].map((match) => match.index);
  for (const [index, start] of starts.entries()) {
    const piece = text.slice(start, starts[index + 1] ?? text.length);
    const each = /^ *it\.each/.test(piece);
    const match = (
      each ? /^( *)(it)[\s\S]*?\)\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)\s*,/ : TITLE
    ).exec(piece);
    if (match)
      found.push({
        depth: match[1].length,
        kind: match[2],
        title: (match[3] ?? match[4] ?? match[5]).replace(/\\(['"`])/g, '$1'),
      });
  }
  return found;
}

function rowsOf(text) {
  const rows = [];
  let groups = [];
  for (const { depth, kind, title } of titlesOf(text)) {
    groups = groups.filter((group) => group.depth < depth);
    if (kind === 'describe') groups.push({ depth, title });
    else {
      const own = pagesOf(title);
      const pages = own.length > 0 ? own : groups.flatMap((group) => pagesOf(group.title));
      if (pages.length > 0)
        rows.push({
          group: groups.map((group) => withoutPages(group.title)).join(': '),
          title: withoutPages(title),
          pages,
        });
    }
  }
  return rows;
}

const link = (page) => `[${page}](${HELP}${page}.html)`;
const cell = (text) =>
  text
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ')
    .replaceAll('<', '&lt;')
    .replace(/%[sidjpo]/g, '…');

async function table() {
  const files = [];
  for await (const file of glob('test/conformance/**/*.test.ts', { cwd: root })) files.push(file.replaceAll('\\', '/'));
  const lines = [];
  let count = 0;
  for (const file of files.sort()) {
    const rows = rowsOf(await readFile(path.join(root, file), 'utf8'));
    if (rows.length === 0) continue;
    count += rows.length;
    lines.push(
      '',
      `### ${file.replace('test/conformance/', '').replace('.test.ts', '')}`,
      '',
      `Test: [\`${file}\`](../${file})`,
      '',
      '| rule | page |',
      '| --- | --- |',
    );
    for (const { group, title, pages } of rows)
      lines.push(`| ${cell(`${group}: ${title}`)} | ${[...new Set(pages)].map(link).join(' ')} |`);
  }
  return `${BEGIN}\n\n${count} tests name the page of the rule they check.\n${lines.join('\n')}\n\n${END}`;
}

const before = await readFile(DOCUMENT, 'utf8');
const after = before.slice(0, before.indexOf(BEGIN)) + (await table()) + before.slice(before.indexOf(END) + END.length);
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('docs/emulator.md is out of date: run node scripts/emulator-conformance.mjs');
    process.exitCode = 1;
  }
} else await writeFile(DOCUMENT, after);
