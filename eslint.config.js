import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import { builtinModules } from 'node:module'
import typescript from 'typescript-eslint'

const message = {
  electron: 'Only src-main/shell and the bridge talk to Electron.',
  usb: 'Only src-main/readers talks to the USB bus, to card readers and to barcode readers.',
  node: 'The window is a sandboxed page: no Node modules.',
  main: 'The window knows the contract only, never the core.',
  contract: 'The contract is pure: zod, oRPC and itself.',
  inside: 'Modules reach each other only through index.ts; certificates also through identity/pki.ts.',
  below: 'storage and audit know nobody above them.',
}
const subjects = ['intake', 'procedures', 'identity', 'readers', 'capture', 'signing', 'sync', 'paperwork', 'staff', 'guide', 'queue', 'hall', 'feedback', 'assist', 'figures']
const electron = { regex: '^electron(/|$)', message: message.electron }
const usb = { regex: '^(usb|smartcard|serialport|node-hid)(/|$)', message: message.usb }
const inside = { regex: `^(\\.\\./)+(${[...subjects, 'storage', 'audit', 'shell', 'core'].join('|')})/(?!index$|pki$)[^/]+`, message: message.inside }
const nodeModules = { regex: `^(node:.*|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/.*)?)$`, message: message.node }
const fromMain = { regex: '(^|/)src-main(/|$)', message: message.main }

/** A wall: what the files of a folder may not import. Later walls replace earlier ones for the same file. */
const wall = (files, patterns, rest = {}) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] }, ...rest })

export default typescript.config(
  { ignores: ['out/**', 'dist/**', 'tour/**', 'node_modules/**', 'test-results/**', 'playwright-report/**', 'coverage/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [js.configs.recommended, ...typescript.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Matters of taste, or of an interface that is asynchronous where one of its makers need not be.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/require-await': 'off',
      // `void` says that a result is left alone on purpose, also where it is nothing already.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'No enums: a union of words.' },
        { selector: 'ExportDefaultDeclaration', message: 'No default exports.' },
      ],
    },
  },
  { files: ['src-*/**/*.{ts,tsx}'], rules: { 'max-lines': ['error', { max: 320, skipBlankLines: false, skipComments: false }] } },
  { files: ['src-renderer/**/*.{ts,tsx}'], plugins: { 'react-hooks': hooks }, rules: hooks.configs.recommended.rules },

  // The walls of docs/architecture.md.
  wall(['src-main/**/*.ts'], [electron, usb, inside]),
  wall(['src-main/{storage,audit}/**/*.ts'], [electron, usb, inside, { regex: `^(\\.\\./)+(${[...subjects, 'core', 'shell'].join('|')})(/|$)`, message: message.below }]),
  wall(['src-main/readers/**/*.ts'], [electron, inside]),
  wall(['src-main/shell/**/*.ts'], [usb, inside]),
  wall(['src-preload/**/*.ts'], [usb, fromMain, { regex: '^electron(/|$)', importNamePattern: '^(?!contextBridge$|ipcRenderer$)', message: message.electron }]),
  {
    files: ['src-preload/contract/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^(?!\\.\\.?/|\\.$|zod(/|$)|@orpc/contract$)', message: message.contract }, { regex: '^(\\.\\./)+(src-|bridge)', message: message.contract }] }] },
  },
  wall(['src-renderer/**/*.{ts,tsx}'], [electron, usb, nodeModules, fromMain]),

  // A React lazy needs a default export; tool configurations are default exports by their tools' rules; programs may print.
  { files: ['src-renderer/**/*.tsx', '*.config.ts'], rules: { 'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'No enums: a union of words.' }] } },
  { files: ['src-main/core/cli.ts', 'test/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    // Tests hold results of unknown shape and throw on purpose.
    files: ['test/**/*.{ts,tsx}', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['scripts/**/*.{mjs,cjs}', '*.cjs', 'eslint.config.js'],
    extends: [js.configs.recommended],
    languageOptions: { globals: Object.fromEntries(['process', 'console', 'URL', 'Buffer', 'fetch', 'AbortSignal', 'AbortController', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'require', 'module', '__dirname'].map((name) => [name, 'readonly'])) },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }] },
  },
)
