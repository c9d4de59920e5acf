// The import rules between folders: what is deployed to NetSuite, the relay and the emulator stay strangers to each other.
const may = (from, allowed) => ({
  name: `${from.replace(/\W/g, '')}-imports`,
  comment: `${from} may import only ${allowed.join(', ')} and packages`,
  severity: 'error',
  from: { path: `^${from}` },
  to: {
    path: '^(src|contract|flows|relay|emulator|crm|demo|test|bench)/',
    pathNot: `^(${[from, ...allowed].join('|')})`,
  },
});

module.exports = {
  forbidden: [
    may('contract/', []),
    may('flows/', ['contract/']),
    may('src/', ['contract/']),
    may('relay/', ['contract/', 'flows/']),
    may('emulator/', []),
    may('demo/', ['contract/', 'flows/', 'relay/', 'test/fixtures/']),
    {
      name: 'contract-zod-only',
      severity: 'error',
      from: { path: '^contract/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/zod' },
    },
    {
      name: 'pure-suitescript',
      comment:
        'only src/**/netsuite/ and the entry points import N/*; the rest is logic that is tested without an account',
      severity: 'error',
      from: { path: '^src/', pathNot: '/(netsuite|restlets|user-events|map-reduce)/' },
      to: { path: '(^|/)N/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^build/' },
    tsConfig: { fileName: 'tsconfig.node.json' },
    tsPreCompilationDeps: true,
  },
};
