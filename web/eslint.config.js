import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What a folder may not import: the arrows point api < components < charts < features (never one another) < app. */
const arrows = [
  { from: 'api', not: ['components', 'charts', 'features', 'app'] },
  { from: 'components', not: ['charts', 'features', 'app'] },
  { from: 'charts', not: ['features', 'app'] },
  ...['abtests', 'accounts', 'datasets', 'deployments', 'home', 'lineage', 'models', 'predict', 'registry', 'runs'].map((feature, _, all) => ({
    from: `features/${feature}`, not: ['app', ...all.filter((other) => other !== feature).map((other) => `features/${other}`)],
  })),
].map(({ from, not }) => ({
  files: [`src/${from}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': ['error', {
      patterns: [{
        group: not.flatMap((folder) => [`@/${folder}`, `@/${folder}/**`, `**/../${folder}`, `**/../${folder}/**`]),
        message: `${from} does not know ${not.join(', ')}: see the arrows in eslint.config.js.`,
      }],
    }],
  },
}));

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts', 'test-results', 'public'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  reactHooks.configs.flat['recommended-latest'],
  {
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      // TanStack Virtual's hooks return functions on purpose; no compiler runs here.
      'react-hooks/incompatible-library': 'off',
      'no-eval': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', {
        selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
        message: 'Names, values and log lines come from data: let React escape them.',
      }],
    },
  },
  { files: ['dev/**', '*.config.*', 'e2e/**'], languageOptions: { globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', setTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', URL: 'readonly', fetch: 'readonly' } }, rules: { 'no-console': 'off' } },
  ...arrows,
);
