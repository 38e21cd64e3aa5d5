import boundaries from 'eslint-plugin-boundaries';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * The layers. Imports go downward: common <- config <- layer 1 <- layer 2 <- layer 3, from plugin to plugin only
 * through a plugin's index.ts, and never between two plugins of layer 3.
 */
const LAYER_1 = ['domain-events', 'caching', 'security', 'input-checks', 'privacy', 'system', 'mail'];
const LAYER_2 = ['inventory', 'catalog-search', 'order-state-machine', 'payments', 'cart'];
const LAYER_3 = [
  'fraud',
  'recommendations',
  'cart-abandonment',
  'wishlist',
  'reviews',
  'returns',
  'suppliers',
];

/** Inside layer 2, each may import those on its right side. */
const LAYER_2_IMPORTS = {
  inventory: [],
  'catalog-search': ['inventory'],
  'order-state-machine': ['inventory'],
  payments: ['order-state-machine', 'inventory'],
  cart: ['payments', 'order-state-machine', 'inventory'],
};

const plugin = name => ['plugin', { name }];
const anyOf = names => names.map(plugin);

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.data', '.services', '.cache', 'coverage', 'load/**/*.js'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: { alwaysTryTypes: true } },
      'boundaries/elements': [
        { type: 'common', pattern: 'src/common', mode: 'folder' },
        { type: 'config', pattern: 'src/config', mode: 'folder' },
        { type: 'admin-ui', pattern: 'src/admin-ui', mode: 'folder' },
        { type: 'plugin', pattern: 'src/plugins/*', mode: 'folder', capture: ['name'] },
        { type: 'entry', pattern: '(vendure-config|src/index|src/index-worker).ts', mode: 'full' },
        { type: 'tooling', pattern: '(scripts|e2e|bench|migrations)', mode: 'folder' },
      ],
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        // A class that Nest injects must stay a value: its type is read at run time.
        { prefer: 'type-imports', fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'boundaries/element-types': [
        'error',
        {
          default: 'disallow',
          rules: [
            { from: 'common', allow: ['common'] },
            { from: 'config', allow: ['common', 'config'] },
            { from: 'admin-ui', allow: ['common', 'config', 'admin-ui'] },
            { from: 'entry', allow: ['common', 'config', 'admin-ui', 'plugin', 'entry'] },
            { from: 'tooling', allow: ['common', 'config', 'admin-ui', 'plugin', 'entry', 'tooling'] },
            { from: 'plugin', allow: ['common', 'config', ['plugin', { name: '${from.name}' }]] },
            // Layer 1 holds personal data too: it may use the port of privacy, the lowest of it.
            { from: anyOf(LAYER_1.filter(name => name !== 'privacy')), allow: [plugin('privacy')] },
            { from: anyOf(LAYER_2), allow: anyOf(LAYER_1) },
            { from: anyOf(LAYER_3), allow: anyOf([...LAYER_1, ...LAYER_2]) },
            ...Object.entries(LAYER_2_IMPORTS).map(([name, allowed]) => ({
              from: [plugin(name)],
              allow: anyOf(allowed),
            })),
          ],
        },
      ],
      'boundaries/entry-point': [
        'error',
        {
          default: 'allow',
          rules: [
            { target: 'plugin', disallow: '**' },
            { target: 'plugin', allow: 'index.ts' },
            // Scoring without a server: the index would load all of Vendure.
            { target: [plugin('fraud')], allow: 'stream.ts' },
            { target: [plugin('fraud')], allow: 'testing.ts' },
          ],
        },
      ],
    },
  },
  {
    // The rules of Nest's own injection: constructors name classes, which must not become type imports.
    files: ['src/plugins/**/*.ts', 'src/config/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    // The pages are compiled by the Admin UI's compiler, with types of their own.
    files: ['src/plugins/*/ui/**/*.{ts,tsx}', 'src/admin-ui/kit/**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: {
        projectService: false,
        project: './src/admin-ui/tsconfig.json',
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  {
    // Written by TypeORM.
    files: ['migrations/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['scripts/**/*.ts', 'bench/**/*.ts', 'e2e/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: globals.node },
  },
  prettier,
);
