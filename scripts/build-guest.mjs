// Bundles what is evaluated in each script's VM context. Two contexts are made for each record a script saves, so what counts is how much
// evaluation an execution needs: files that others name by `require('./x')` in a function are evaluated at that call. Whatever is
// evaluated together is one function with its bindings as local variables: no object of exports is filled and read property by
// property, which an interpreter that has not seen the context before does slowly.
import * as esbuild from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const LAZY = /\brequire\('(\.[^']+)'\)/g;
const FILE = '__file';

/** Files that are evaluated on demand, found from the entry on. */
async function findLazyFiles(entry) {
  const { metafile } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const lazy = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const file = path.resolve(input);
    for (const [, wanted] of (await readFile(file, 'utf8')).matchAll(LAZY)) lazy.add(fileOf(file, wanted));
  }
  return [...lazy].sort();
}

const fileOf = (from, wanted) => `${path.resolve(path.dirname(from), wanted)}.ts`;

/** `require('./x')` becomes `__file(number)`, which esbuild leaves alone. */
const lazyRequires = (numberOf) => ({
  name: 'lazy-requires',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8')).replace(
        LAZY,
        (_, wanted) => `${FILE}(${numberOf(fileOf(file, wanted))})`,
      ),
      loader: 'ts',
    }));
  },
});

const IMPORT = /^import (?:\{([^}]*)\} from )?"([^"]+)";\n/gm;
const EXPORT = /^export \{([^}]*)\};\n/m;

const renamed = (list, of) =>
  list
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => of(...one.split(' as ')))
    .join(', ');

/** One ES module as a function body: what it imports are other parts by number, what it exports is what it returns. */
function toFunctionBody(text, numberOf) {
  const exported = EXPORT.exec(text)?.[1] ?? '';
  const body = text
    .replace(IMPORT, (_, names, from) => {
      const part = `${FILE}(${numberOf(from)});\n`;
      return names === undefined
        ? part
        : `const { ${renamed(names, (name, local = name) => `${name}: ${local}`)} } = ${part}`;
    })
    .replace(EXPORT, '');
  if (/^(import|export) /m.test(body))
    throw new Error('the guest has an import or export that the bundler does not know');
  return `${body}return { ${renamed(exported, (local, name = local) => `${name}: ${local}`)} };\n`;
}

export async function bundleGuest(entry, out) {
  const entryPoints = [path.resolve(entry), ...(await findLazyFiles(entry))];
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: path.dirname(path.resolve(entry)),
    entryNames: '[dir]/[name]',
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'error',
    plugins: [lazyRequires((file) => entryPoints.indexOf(file))],
  });
  const files = Object.entries(metafile.outputs).map(([name, { entryPoint }]) => ({ name, entryPoint }));
  const chunks = files.filter(({ entryPoint }) => entryPoint === undefined).map(({ name }) => name);
  const outputOf = new Map(files.map(({ name, entryPoint }) => [entryPoint && path.resolve(entryPoint), name]));
  const order = [...entryPoints.map((file) => outputOf.get(file)), ...chunks].map((name) => path.resolve(name));
  const textOf = new Map(outputFiles.map((file) => [file.path, file.text]));
  const bodies = order.map((name) =>
    toFunctionBody(textOf.get(name), (from) => order.indexOf(path.resolve(path.dirname(name), from))),
  );
  const cases = bodies.map((body, number) => `case ${number}: part = function () {\n${body}}; break;`).join('\n');
  await mkdir(path.dirname(out), { recursive: true });
  await writeFile(out, `(function () {\n"use strict";\n${runtime(cases)}})();\n`);
}

/** A `switch` makes the one function that is asked for; a list of them would make all. */
const runtime = (cases) => `const made = [];
function evaluate(number) {
let part;
switch (number) {
${cases}
}
return part();
}
function ${FILE}(number) {
  return (made[number] ??= evaluate(number));
}
${FILE}(0);
`;
