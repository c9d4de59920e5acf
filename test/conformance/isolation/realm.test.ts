import { callRestlet, openAccount } from '../../helpers/emulator/scripts-in-memory';

const evaluate = (expression: string): string => `/** @NApiVersion 2.1
 * @NScriptType Restlet */
define([], () => ({ post: (args) => { ${expression} } }));`;

describe('a script runs in a realm of its own (chapter_4387171685, subsect_24165317531)', () => {
  it('sees nothing of Node, of a browser or of another execution', async () => {
    const account = await openAccount({
      scripts: {
        look: {
          source: evaluate(`
            globalThis.left = (globalThis.left || 0) + 1;
            const names = ['process','Buffer','fetch','URL','setTimeout','console','WebAssembly','SharedArrayBuffer','Atomics','gc','__run','__boot','module'];
            return { left: globalThis.left, seen: names.filter((name) => typeof globalThis[name] !== 'undefined') };`),
        },
      },
    });
    try {
      await callRestlet(account, 'look');
      expect((await callRestlet(account, 'look')).body).toEqual({ left: 1, seen: [] });
    } finally {
      await account.close();
    }
  });

  it('finds its own files alone in the stack of an error', async () => {
    const account = await openAccount({
      scripts: { stack: { source: evaluate(`const own = () => new Error('x').stack; return own();`) } },
    });
    try {
      const { body } = await callRestlet(account, 'stack');
      expect(body).toMatch(/^Error: x(\n {4}at .*\/SuiteScripts\/stack\.js:3:\d+\)){2}$/);
    } finally {
      await account.close();
    }
  });

  it('can not make code from text, also not by the constructor of what it catches', async () => {
    const account = await openAccount({
      scripts: {
        escape: {
          source: evaluate(`
            const tries = [];
            const attempt = (work) => { try { tries.push(typeof work()); } catch (e) { tries.push(e instanceof Error ? e.name : String(e.name)); } };
            attempt(() => eval('1'));
            attempt(() => new Function('return this')());
            try { require('N/none'); } catch (e) { attempt(() => e.constructor.constructor('return process')()); }
            const runtime = require('N/runtime');
            let escaped = 'no';
            const deep = () => { try { runtime.isFeatureInEffect({ feature: 'X' }); deep(); } catch (e) {
              try { e.constructor.constructor('return process')(); escaped = 'yes'; } catch (f) { if (!(f instanceof Error)) escaped = 'foreign error'; }
              throw e;
            } };
            try { deep(); } catch (e) { if (!(e instanceof RangeError)) escaped = 'not a RangeError of this realm'; }
            return { escaped, tries, array: [] instanceof Array, date: new Date() instanceof Date };`),
        },
      },
    });
    try {
      const { body, error } = await callRestlet(account, 'escape');
      expect(error).toBeUndefined();
      expect(body).toEqual({ escaped: 'no', tries: ['EvalError', 'EvalError', 'EvalError'], array: true, date: true });
    } finally {
      await account.close();
    }
  });

  it.each([
    ['new Date()', 'new Date()'],
    ['Date.now()', 'Date.now()'],
    ['getRemainingUsage', 'script.getRemainingUsage()'],
  ])('gets no error of another realm when the stack overflows in %s', async (_name, work) => {
    const account = await openAccount({
      scripts: {
        escape: {
          source: evaluate(`
            const script = require('N/runtime').getCurrentScript();
            let foreign = 0;
            const deep = () => { try { ${work}; } catch (e) {
              if (!(e instanceof Error)) foreign += 1;
              throw e;
            } deep(); };
            const padded = (n) => (n > 0 ? padded(n - 1) : deep());
            for (let n = 0; n < 12; n += 1) try { padded(n); } catch (e) { if (!(e instanceof RangeError)) foreign += 1; }
            return foreign;`),
        },
      },
      config: { cpuLimitMs: 60_000 },
    });
    try {
      const { body, error } = await callRestlet(account, 'escape');
      expect(error).toBeUndefined();
      expect(body).toBe(0);
    } finally {
      await account.close();
    }
  });

  it.each(["import('node:fs')", "import /* of */ ('node:fs')", "import // of\n\n/* */('node:fs')"])(
    'can not import: %j is refused with its file',
    async (code) => {
      const account = await openAccount({ scripts: { escape: { source: evaluate(`const a = 1;\n${code}`) } } });
      try {
        const { error } = await callRestlet(account, 'escape');
        expect(error?.message).toMatch(/import\(\) in line 4 is no SuiteScript.*\(\/SuiteScripts\/escape\.js\)/);
      } finally {
        await account.close();
      }
    },
  );

  it('may have the word import in texts and comments', async () => {
    const account = await openAccount({
      scripts: { word: { source: evaluate(`/* import('x') */ return "import('y')";`) } },
    });
    try {
      expect((await callRestlet(account, 'word')).body).toBe("import('y')");
    } finally {
      await account.close();
    }
  });
});
