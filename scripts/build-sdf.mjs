// Assembles the deployable SDF project in build/sdf. Every SuiteScript entry (a .ts file whose first comment carries
// @NScriptType) becomes one readable AMD file: an administrator opens it in the File Cabinet and a debugger steps through it.
// esbuild has no AMD output, so its ES module text is rewrapped: imports of N/* become define's arrays, exports become `return`.
import * as esbuild from 'esbuild';
import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const SCRIPTS = path.join(root, 'src/FileCabinet/SuiteScripts');
// An entry script says @NScriptType; a module that several entries load says @NApiVersion alone.
const HEADER = /^\s*(\/\*\*(?:(?!\*\/)[\s\S])*@NScriptType[\s\S]*?\*\/)/;
const LIBRARY = /^\s*(\/\*\*(?:(?!\*\/)[\s\S])*@NApiVersion[\s\S]*?\*\/)/;
/** What imports of the contract's schemas become: zod weighs more than a script, and a User Event needs none of it. */
const CONTRACT_LIBRARY = path.join(SCRIPTS, 'suiterelay/lib/contract.ts');
const LIBRARY_IMPORT = /^import \{([^}]*)\} from "lib:([^"]+)";\n/gm;
const USES_ZOD = /^import \* as z from 'zod/m;
const N_IMPORT = /^import \* as ([\w$]+) from "(N(?:\/\w+)*)";\n/gm;
const EXPORTS = /^export \{\n([\s\S]*?)\n\};\n*$/m;

/** Links `import record from 'N/record'`, in however many files, to one define dependency and one parameter. */
const netsuiteModules = {
  name: 'netsuite-modules',
  setup(build) {
    build.onResolve({ filter: /^N(\/|$)/ }, ({ path: id, namespace }) =>
      namespace === 'netsuite' ? { path: id, external: true } : { path: id, namespace: 'netsuite', sideEffects: false },
    );
    build.onLoad({ filter: /.*/, namespace: 'netsuite' }, ({ path: id }) => {
      const name = id === 'N/scriptTypes/restlet' ? 'restlet' : id.split('/').slice(1).join('_');
      return {
        contents: `import * as ${name} from ${JSON.stringify(id)}; export { ${name} as default };`,
        loader: 'js',
      };
    });
  },
};

/** Imports of a library, and of the contract's schemas as one, stay imports: each is a file of its own in the File Cabinet. */
const libraries = (entry) => ({
  name: 'libraries',
  setup(build) {
    build.onResolve({ filter: /^\./ }, async ({ path: id, resolveDir, kind }) => {
      if (kind !== 'import-statement') return undefined;
      const file = path.resolve(resolveDir, id.endsWith('.ts') ? id : `${id}.ts`);
      const text = await readFile(file, 'utf8').catch(() => '');
      const isSchema = file.startsWith(path.join(root, 'contract') + path.sep) && USES_ZOD.test(text);
      const library = isSchema ? CONTRACT_LIBRARY : file;
      if (library === entry || !(isSchema || LIBRARY.test(text))) return undefined;
      if (isSchema) await assertInLibrary(file, entry);
      const relative = path.relative(path.dirname(entry), library).replaceAll('\\', '/').replace(/\.ts$/, '');
      return {
        path: `lib:${relative.startsWith('.') ? relative : `./${relative}`}`,
        external: true,
        sideEffects: false,
      };
    });
  },
});

/** What the library leaves out would be undefined in the script, and show when it runs there. */
async function assertInLibrary(schema, entry) {
  const name = `/contract/${path.basename(schema, '.ts')}'`;
  if ((await readFile(CONTRACT_LIBRARY, 'utf8')).includes(name)) return;
  throw new Error(
    `${path.relative(root, entry)} uses ${path.relative(root, schema)}, which lib/contract.ts does not export`,
  );
}

const DOC = String.raw`\/\*\*(?!\/)(?:(?!\*\/)[\s\S])*\*\/`;
const DECLARED = String.raw`(?:export )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) ([\w$]+)`;
const DOC_OF_NAME = new RegExp(String.raw`^(\/\*\*)((?!\/)(?:(?!\*\/)[\s\S])*\*\/\n)(?=${DECLARED})`, 'gm');

/**
 * esbuild drops all comments but "legal" ones; ours are marked as such here and unmarked in the output. A comment also gets the name of
 * what it describes: esbuild leaves the comment in place when it leaves that out.
 */
const keepComments = {
  name: 'keep-comments',
  setup(build) {
    build.onLoad({ filter: /(src|contract)[\\/].*\.ts$/, namespace: 'file' }, async ({ path: file }) => {
      const text = (await readFile(file, 'utf8')).replace(LIBRARY, '');
      return {
        contents: text
          .replace(DOC_OF_NAME, (_, open, rest, name) => `${open}<${name}>${rest}`)
          .replace(/^([ \t]*)\/\*\*(?!\/)/gm, '$1/*!*')
          .replace(/^([ \t]*)\/\/ /gm, '$1//!~ '),
        loader: 'ts',
      };
    });
  },
};

const unmarkComments = (text) =>
  text
    .replace(/^\/\/ netsuite:N.*\n+/gm, '')
    .replace(/\/\*!\*/g, '/**')
    .replace(/\/\/!~ /g, '// ')
    .replace(NAMED_DOC, (comment, name, body, next) =>
      new RegExp(`^(?:async )?(?:function\\*?|var|let|const|class) ${name.replaceAll('$', '\\$')}\\d*\\b`).test(next)
        ? `/**${body}`
        : '',
    )
    .replace(LONELY_DOC, '')
    .replace(EMPTY_MODULE, '');

/** A comment with the name it belongs to, and the line behind it. */
const NAMED_DOC = /^\/\*\*<([\w$]+)>((?:(?!\*\/)[\s\S])*\*\/\n)(?=(.*))/gm;
/** A comment behind which there is nothing to describe. */
const LONELY_DOC = new RegExp(String.raw`^${DOC}\n(?=\s*(?:\/\*\*|\/\/ (?:src|contract)\/|export \{))`, 'gm');
const EMPTY_MODULE = /^\/\/ (?:src|contract)\/\S+\n\s*(?=^\/\/ (?:src|contract)\/|^export \{)/gm;

async function toEsModule(file) {
  const result = await esbuild.build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'error',
    logOverride: { 'import-is-undefined': 'error' },
    plugins: [netsuiteModules, libraries(file), keepComments],
    absWorkingDir: root,
  });
  return unmarkComments(result.outputFiles[0].text);
}

/** Bundles one entry script; throws when the result would not load inside NetSuite. */
export async function bundleScript(file) {
  const header = LIBRARY.exec(await readFile(file, 'utf8'))?.[1];
  if (!header) throw new Error(`${file}: the first comment has no @NApiVersion`);
  const text = await toEsModule(file);
  const modules = [...text.matchAll(N_IMPORT)];
  const shared = [...text.matchAll(LIBRARY_IMPORT)];
  const libraryPaths = [...new Set(shared.map((found) => found[2]))];
  const libraryName = (id) => `${path.basename(id).replace(/\W/g, '_')}_library`;
  const unpacked = shared
    .map(([, names, id]) => `const {${names.replace(/ as /g, ': ')}} = ${libraryName(id)};\n`)
    .join('');
  const exported = EXPORTS.exec(text)?.[1];
  if (!exported) throw new Error(`${file}: exports no entry point`);
  const body = text
    .replace(N_IMPORT, '')
    .replace(LIBRARY_IMPORT, '')
    .replace(EXPORTS, () => `return {\n${exported.replace(/^(\s*)([\w$]+) as ([\w$]+)/gm, '$1$3: $2')}\n};`)
    .trim();
  if (/^(?:import|export)\b/m.test(body) || /\b(?:require|import)\(['"]/.test(body)) {
    throw new Error(`${file}: import N modules by default (import record from 'N/record') and nothing of Node`);
  }
  const source = path.relative(root, file).replaceAll('\\', '/');
  const ids = [...modules.map((found) => found[2]), ...libraryPaths].map((id) => `'${id}'`).join(', ');
  const names = [...modules.map((found) => found[1]), ...libraryPaths.map(libraryName)].join(', ');
  return `${header}\n// Built from ${source}: edit that file, not this one.\ndefine([${ids}], (${names}) => {\n\n${unpacked}${body}\n\n});\n`;
}

/** Lays out build/sdf: manifest.xml, deploy.xml, Objects/ and FileCabinet/SuiteScripts/. */
export async function stageSdf(stage = path.join(root, 'build', 'sdf')) {
  await rm(stage, { recursive: true, force: true });
  await mkdir(path.join(stage, 'FileCabinet/SuiteScripts'), { recursive: true });
  await mkdir(path.join(stage, 'Objects'), { recursive: true });
  for await (const name of glob('**/*.ts', { cwd: SCRIPTS })) {
    const file = path.join(SCRIPTS, name);
    if (!LIBRARY.test(await readFile(file, 'utf8'))) continue;
    const target = path.join(stage, 'FileCabinet/SuiteScripts', name).replace(/\.ts$/, '.js');
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, await bundleScript(file));
  }
  for (const name of ['manifest.xml', 'deploy.xml']) await cp(path.join(root, name), path.join(stage, name));
  await cp(path.join(root, 'src/Objects'), path.join(stage, 'Objects'), { recursive: true });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await stageSdf();
