// Jest transformer: TypeScript to CommonJS by esbuild; jest.mock() is hoisted above the requires by babel-plugin-jest-hoist.
// getCacheKey keeps Jest's cache honest when this file changes.
const crypto = require('node:crypto');
const fs = require('node:fs');
const babel = require('@babel/core');
const hoist = require('babel-plugin-jest-hoist');
const esbuild = require('esbuild');

const self = fs.readFileSync(__filename);

module.exports = {
  canInstrument: false,
  getCacheKey(source, file) {
    return crypto
      .createHash('sha256')
      .update(self)
      .update(esbuild.version)
      .update(source)
      .update(file)
      .digest('hex')
      .slice(0, 32);
  },
  process(source, file) {
    const { code, map } = esbuild.transformSync(source, {
      loader: 'ts',
      format: 'cjs',
      target: 'node22',
      sourcemap: true,
      sourcesContent: true,
      sourcefile: file,
    });
    if (!/\bjest\s*\.\s*(mock|unmock|deepUnmock|enableAutomock|disableAutomock)\b/.test(source)) return { code, map };
    const out = babel.transformSync(code, {
      filename: file,
      plugins: [hoist.default ?? hoist],
      inputSourceMap: JSON.parse(map),
      sourceMaps: true,
      configFile: false,
      babelrc: false,
      compact: false,
    });
    return { code: out.code, map: JSON.stringify(out.map) };
  },
};
