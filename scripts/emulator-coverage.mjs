// Compares the emulator's N modules with the public surface in @hitc/netsuite-types and writes docs/emulator-coverage.md.
//   node scripts/emulator-coverage.mjs [--check]      --check: exit 1 when the checked-in report promises more than there is
// The emulator's side is asked of a running emulator by a RESTlet, so the report can't claim what a script would not find.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { INTROSPECT } from './emulator-introspect.mjs';

const root = path.resolve(import.meta.dirname, '..');
const types = path.join(root, 'node_modules/@hitc/netsuite-types/N');
const report = path.join(root, 'docs/emulator-coverage.md');
const uncomputed = Object.entries(
  JSON.parse(readFileSync(path.join(root, 'emulator/data/uncomputed-fields.json'), 'utf8')),
).map(([kind, names]) => [kind, names.split(' ')]);
/** Interfaces that describe arguments or plain data, not objects with behaviour. */
const DATA = /(Options|Function|Interface|Context|Response)$/;

/** `N/x` → sorted member names: `load`, `Type.CUSTOMER` as `Type`, `Record.getValue`. */
function publicSurface() {
  const files = readdirSync(types, { recursive: true }).filter(
    (file) => file.endsWith('.d.ts') && file !== 'types.d.ts',
  );
  return Object.fromEntries(
    files.sort().map((file) => [`N/${file.replace(/\.d\.ts$/, '')}`, membersOf(path.join(types, file))]),
  );
}

function membersOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const names = new Set();
  const exported = (node) => node.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword) ?? false;
  const renamed = new Map();
  source.forEachChild((node) => {
    if (
      ts.isExportDeclaration(node) &&
      node.exportClause &&
      ts.isNamedExports(node.exportClause) &&
      !node.moduleSpecifier
    )
      for (const item of node.exportClause.elements) renamed.set((item.propertyName ?? item.name).text, item.name.text);
  });
  source.forEachChild((node) => {
    if ((ts.isFunctionDeclaration(node) || ts.isEnumDeclaration(node)) && node.name) {
      if (exported(node) || renamed.has(node.name.text)) names.add(renamed.get(node.name.text) ?? node.name.text);
    } else if (ts.isVariableStatement(node)) {
      for (const { name } of node.declarationList.declarations)
        if (exported(node) || renamed.has(name.getText())) names.add(renamed.get(name.getText()) ?? name.getText());
    } else if (
      (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) &&
      node.name &&
      !DATA.test(node.name.text)
    ) {
      for (const member of node.members)
        if (member.name && isMethod(member)) names.add(`${node.name.text}.${member.name.getText()}`);
    }
  });
  return [...names].sort();
}

const isMethod = (member) =>
  ts.isMethodSignature(member) ||
  ts.isMethodDeclaration(member) ||
  (ts.isPropertySignature(member) &&
    member.type &&
    (ts.isFunctionTypeNode(member.type) || /Function$/.test(member.type.getText())));

/** A ServerRequest is only given to Suitelets: one of them tells its methods. One that the emulator lacks answers its call with EMULATOR_UNSUPPORTED. */
async function requestMethods(control) {
  const source = `/**
 * @NApiVersion 2.1
 * @NScriptType Suitelet
 */
define([], () => ({ onRequest: ({ request, response }) => {
  const works = (name) => { try { request[name]({ group: 'g', name: 'n', line: 0 }); return true } catch (e) { return e.name !== 'EMULATOR_UNSUPPORTED' } };
  response.write(JSON.stringify(['getLineCount', 'getSublistValue'].filter((name) => typeof request[name] === 'function' && works(name))));
} }));`;
  const [made] = await control('scripts', [{ scriptId: 'customscript_request', type: 'suitelet', source }]);
  return (await fetch(made.deployments[0].url)).json();
}

async function emulatorSurface() {
  const child = spawn(process.execPath, [path.join(root, 'build/emulator/main.cjs'), '--no-project'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const ready = await new Promise((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (chunk) => (text += chunk).includes('\n') && resolve(JSON.parse(text.split('\n')[0])));
      child.once('exit', () => reject(new Error('the emulator did not start')));
    });
    const control = async (call, body) =>
      (await fetch(`${ready.control}${call}`, { method: 'POST', body: JSON.stringify(body) })).json();
    await control('objects', [
      {
        xml: '<translationcollection scriptid="custcollection_introspect"><name>x</name><defaultlanguage>en</defaultlanguage><strings><string scriptid="x"><defaulttranslation>x</defaulttranslation></string></strings></translationcollection>',
      },
    ]);
    await control('scripts', [
      {
        scriptId: 'customscript_introspect',
        type: 'restlet',
        source: INTROSPECT,
        deployments: [{ deploymentId: 'customdeploy_introspect' }],
      },
    ]);
    const { access_token: token } = await control('token', {});
    const url = `${ready.url}/app/site/hosting/restlet.nl?script=customscript_introspect&deploy=customdeploy_introspect`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(Object.keys(publicSurface())),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const surface = await answer.json();
    for (const name of await requestMethods(control)) surface['N/http'].members[`ServerRequest.${name}`] = 'done';
    return surface;
  } finally {
    child.kill('SIGTERM');
  }
}

/** done: works; throws: it, or what makes its object, throws its name; absent: not there, so a script gets undefined. */
function compare(wanted, actual) {
  return Object.entries(wanted).map(([module, members]) => {
    const found = actual[module] ?? { state: 'absent', members: {} };
    const thrown = (name) => (found.unmakeable ?? []).some((made) => name === made || name.startsWith(`${made}.`));
    const stateOf = (name) => {
      if (found.state !== 'present') return found.state === 'refused' ? 'throws' : 'absent';
      return found.members[name] ?? (thrown(name) ? 'throws' : 'absent');
    };
    const group = (state) => members.filter((name) => stateOf(name) === state);
    return { module, done: group('done'), throws: group('throws'), absent: group('absent') };
  });
}

function render(rows) {
  const sum = (key) => rows.reduce((n, row) => n + row[key].length, 0);
  const line = ({ module, done, throws, absent }) =>
    `| ${module} | ${done.length} | ${throws.length} | ${absent.length} | ${[...throws.map((n) => `\`${n}\` throws`), ...absent.map((n) => `\`${n}\``)].slice(0, 60).join(', ')} |`;
  return `# What the emulator covers of SuiteScript

Written by \`node scripts/emulator-coverage.mjs\` from a running emulator, compared with \`@hitc/netsuite-types\`. **done**: it works. **throws**: it loads, and
using it (or making its object, or loading its module) throws an error that names it. **absent**: scripts get \`undefined\`. Client-side modules and types of arguments are counted like all others.

**${sum('done')} done, ${sum('throws')} throw by name, ${sum('absent')} absent.**

| module | done | throws | absent | which |
|---|---|---|---|---|
${rows.map(line).join('\n')}

## Fields that an account works out

These are read where a record was given a value; otherwise searches, SuiteQL and \`getValue\`, \`getText\` and their like of a stored record throw their name
(\`emulator/data/uncomputed-fields.json\`). On a new record they are empty. With an asterisk: records show the figure, and only searches and SuiteQL throw.
\`getFields()\` and JSON of a stored record hold the figures that it was saved or opened with; those that are worked out when a script asks for them, or not at all, are left out. **${uncomputed.reduce((n, [, names]) => n + names.length, 0)} throw by name.**

| record | fields |
|---|---|
${uncomputed.map(([kind, names]) => `| ${kind} | ${names.map((name) => `\`${name.replace('*', '')}\`${name.endsWith('*') ? '\\*' : ''}`).join(', ')} |`).join('\n')}
`;
}

const rows = compare(publicSurface(), await emulatorSurface());
const total = rows.reduce((n, row) => n + row.done.length, 0);
if (process.argv.includes('--check')) {
  const promised = Number(/\*\*(\d+) done/.exec(readFileSync(report, 'utf8'))?.[1] ?? 0);
  console.log(JSON.stringify({ promised, done: total }));
  process.exitCode = total < promised ? 1 : 0;
} else {
  writeFileSync(report, render(rows));
  console.log(`${total} done`);
}
