import tseslint from 'typescript-eslint';

const noNamedNetSuiteImports = {
  selector: "ImportDeclaration[source.value=/^N\\//][importKind!='type'] > :not(ImportDefaultSpecifier, Literal)",
  message: "import N modules by default: import record from 'N/record'",
};

export default tseslint.config(
  { ignores: ['build', 'node_modules', 'coverage', '**/*.cjs', '**/*.mjs', '**/*.js'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.json',
          './tsconfig.node.json',
          './emulator/guest/tsconfig.json',
          './relay/console/client/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 350, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', noNamedNetSuiteImports],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['test/**', 'bench/**'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      'no-console': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // Jest's asymmetric matchers are typed as any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  // NetSuite's own error is no Error (`instanceof` is false), and a script may pass anything where text is expected.
  {
    files: ['emulator/guest/**'],
    rules: { '@typescript-eslint/only-throw-error': 'off', '@typescript-eslint/no-base-to-string': 'off' },
  },
  // Where a program speaks to its user on stdout by contract.
  { files: ['**/*.entry.ts', 'relay/cli/**', 'demo/**', 'emulator/guest/**'], rules: { 'no-console': 'off' } },
);
