import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(__dirname, '../../../build/sdf/FileCabinet/SuiteScripts/suiterelay');
const scripts = globSync('**/*.js', { cwd: folder }).map((name) => ({
  name,
  text: readFileSync(path.join(folder, name), 'utf8'),
}));
const isEntry = ({ text }: { text: string }): boolean => /^\/\*\*(?:(?!\*\/)[\s\S])*@NScriptType/.test(text);

describe('an administrator can read in the File Cabinet what was deployed', () => {
  test('every entry script is at most 100 KB, says what it does, and names the source it was built from', () => {
    const entries = scripts.filter(isEntry);
    expect(entries).toHaveLength(11);
    for (const { name, text } of entries) {
      expect([name, text.length <= 100 * 1024]).toEqual([name, true]);
      expect(text).toMatch(/^\/\*\*\n \* [A-Z][^@]{20,}\n \* @NApiVersion 2\.1\n/);
      expect(text).toContain(`// Built from src/FileCabinet/SuiteScripts/suiterelay/${name.replace(/\.js$/, '.ts')}:`);
    }
  });

  test('nothing is minified: lines are short, names and comments are those of the source', () => {
    for (const { name, text } of scripts) {
      const longest = Math.max(...text.split('\n').map((one) => one.length));
      // Lists of words stand in one text each.
      expect([name, longest < 1000]).toEqual([name, true]);
      const code = text.split('\n').filter((one) => one.trim() !== '');
      expect([name, code.filter((one) => one.length > 160).length / code.length < 0.05]).toEqual([name, true]);
      expect([name, /\/\*\*/.test(text)]).toEqual([name, true]);
    }
  });

  test('every comment stands before what it describes: none is left of what the bundle leaves out', () => {
    for (const { name, text } of scripts) {
      const lonely = /^\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n\s*(?=\/\*\*|\/\/ (?:src|contract)\/)/gm;
      expect([name, [...text.slice(text.indexOf('define(')).matchAll(lonely)].map(String)]).toEqual([name, []]);
    }
  });
});
