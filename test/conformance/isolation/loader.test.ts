import { callRestlet, openAccount } from '../../helpers/emulator/scripts-in-memory';

const restlet = (body: string): { source: string; path: string } => ({
  source: body,
  path: '/SuiteScripts/app/entry.js',
});

describe('define and require (section_4430292527, section_4387811519, section_4600491925)', () => {
  const forms: Record<string, string> = {
    'dependencies and a function': `define(['./lib/greet'], (greet) => ({ post: () => greet.hello('a') }));`,
    'an id, dependencies and a function': `define('entry', ['./lib/greet.js'], function (greet) { return { post: function () { return greet.hello('a'); } }; });`,
    'an absolute path': `define(['/SuiteScripts/app/lib/greet'], (greet) => ({ post: () => greet.hello('a') }));`,
    'the root folder without a slash': `define(['SuiteScripts/app/lib/greet'], (greet) => ({ post: () => greet.hello('a') }));`,
    'a function that requires': `define(function (require) { const greet = require('./lib/greet'); return { post: () => greet.hello('a') }; });`,
    'an arrow function that requires': `define(require => { const greet = require('./lib/greet'); return { post: () => greet.hello('a') }; });`,
    exports: `define(['require', 'exports', './lib/greet'], function (require, exports, greet) { exports.post = () => greet.hello('a'); });`,
    'a require inside the entry point': `define([], () => ({ post: () => require('./lib/greet').hello('a') }));`,
    'an object': `define({ post: function () { return 'hello a'; } });`,
  };

  it.each(Object.keys(forms))('loads a file that gives %s', async (form) => {
    const account = await openAccount({
      scripts: { entry: restlet(forms[form] ?? '') },
      files: {
        '/SuiteScripts/app/lib/greet.js': `define(['../words'], (words) => ({ hello: (name) => words.hello + ' ' + name }));`,
        '/SuiteScripts/app/words.js': `define({ hello: 'hello' });`,
      },
    });
    try {
      const { body, error } = await callRestlet(account, 'entry');
      expect(error).toBeUndefined();
      expect(body).toBe('hello a');
    } finally {
      await account.close();
    }
  });

  it('finds modules under the names that an @NAmdConfig file gives them (bridgehead_4387808822)', async () => {
    const source = `/** @NApiVersion 2.1
 * @NScriptType Restlet
 * @NAmdConfig ./config.json */
define(['greet'], (greet) => ({ post: () => greet.hello('a') }));`;
    const account = await openAccount({
      scripts: { entry: restlet(source) },
      files: {
        '/SuiteScripts/app/config.json': JSON.stringify({ paths: { greet: 'SuiteScripts/vendor/greet-1.2' } }),
        '/SuiteScripts/vendor/greet-1.2.js': `define({ hello: (name) => 'hello ' + name });`,
      },
    });
    try {
      expect((await callRestlet(account, 'entry')).body).toBe('hello a');
    } finally {
      await account.close();
    }
  });

  const GREET = `define({ hello: (name) => 'hello ' + name });`;
  it.each<[string, object, Record<string, string>, string]>([
    ['baseUrl', { baseUrl: '/SuiteScripts/vendor' }, { 'vendor/greet.js': GREET }, 'greet'],
    [
      'the beginning of a name',
      { paths: { v: '/SuiteScripts/vendor/1.2' } },
      { 'vendor/1.2/greet.js': GREET },
      'v/greet',
    ],
    ['a path relative to the configuration', { paths: { greet: './lib/g.js' } }, { 'my app/lib/g.js': GREET }, 'greet'],
    ['a package', { packages: [{ name: 'pk', location: '/SuiteScripts/pk' }] }, { 'pk/main.js': GREET }, 'pk'],
    ['map', { map: { '*': { greet: '/SuiteScripts/new' } } }, { 'new.js': GREET }, 'greet'],
    [
      'shim',
      { paths: { G: './g' }, shim: { G: { deps: ['./words'], exports: 'lib.G' } } },
      {
        'my app/g.js': `var lib = { G: { hello: function (n) { return word + n; } } };`,
        'my app/words.js': `word = 'hello ';`,
      },
      'G',
    ],
  ])('finds modules by %s of the configuration (section_4599733337)', async (_what, config, files, name) => {
    const source = `/**
 * @NApiVersion 2.1
 * @NAmdConfig /SuiteScripts/my app/config.json
 * @NScriptType Restlet
 */
define(['${name}'], (greet) => ({ post: () => greet.hello('a') }));`;
    const account = await openAccount({
      scripts: { entry: { source, path: '/SuiteScripts/elsewhere/entry.js' } },
      files: {
        '/SuiteScripts/my app/config.json': JSON.stringify(config),
        ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`/SuiteScripts/${path}`, text])),
      },
    });
    try {
      expect((await callRestlet(account, 'entry')).body).toBe('hello a');
    } finally {
      await account.close();
    }
  });

  it('loads a JSON file as what it holds', async () => {
    const account = await openAccount({
      scripts: { entry: restlet(`define(['./settings.json'], (settings) => ({ post: () => settings.words[0] }));`) },
      files: { '/SuiteScripts/app/settings.json': '{"words":["hello a"]}' },
    });
    try {
      expect((await callRestlet(account, 'entry')).body).toBe('hello a');
    } finally {
      await account.close();
    }
  });

  it('offers every built-in module by its name and under N', async () => {
    const account = await openAccount({
      scripts: {
        entry: restlet(`define(['N'], (all) => ({ post: () => {
          const names = Object.keys(all);
          return { count: names.length, wrong: names.filter((name) => require('N/' + name) !== all[name]) };
        } }));`),
      },
    });
    try {
      const { body, error } = await callRestlet(account, 'entry');
      expect(error).toBeUndefined();
      expect(body).toMatchObject({ wrong: [] });
      expect((body as { count: number }).count).toBeGreaterThan(55);
    } finally {
      await account.close();
    }
  });

  it.each(['./absent', 'N/absent', '/SuiteScripts/absent.js'])(
    'refuses %s with MODULE_DOES_NOT_EXIST',
    async (path) => {
      const account = await openAccount({
        scripts: { entry: restlet(`define(['${path}'], () => ({ post: () => 1 }));`) },
      });
      try {
        const { error } = await callRestlet(account, 'entry');
        expect(error).toMatchObject({ name: 'MODULE_DOES_NOT_EXIST', message: `Module does not exist: ${path}` });
      } finally {
        await account.close();
      }
    },
  );

  it('waits for async entry points and reads virtual time', async () => {
    const account = await openAccount({
      scripts: {
        entry: restlet(
          `define([], () => ({ post: async () => { await null; await Promise.resolve(); return new Date().toISOString().slice(0, 16); } }));`,
        ),
      },
    });
    try {
      account.clock.set(Date.parse('2030-05-06T07:08:09Z'));
      expect((await callRestlet(account, 'entry')).body).toBe('2030-05-06T07:08');
    } finally {
      await account.close();
    }
  });

  it('ends a script that burns CPU, and serves the next one', async () => {
    const account = await openAccount({
      scripts: {
        entry: restlet(
          `define([], () => ({ post: (a) => { if (a.burn) { try { for (;;) {} } finally { return 'late'; } } return 'fine'; } }));`,
        ),
      },
      config: { cpuLimitMs: 300 },
    });
    try {
      expect((await callRestlet(account, 'entry', { burn: true })).error).toMatchObject({
        name: 'SSS_TIME_LIMIT_EXCEEDED',
      });
      expect((await callRestlet(account, 'entry')).body).toBe('fine');
    } finally {
      await account.close();
    }
  });
});
