const subjects = 'intake|procedures|identity|readers|capture|signing|sync|paperwork|staff|guide|queue|hall|feedback|assist|figures|handling|fees|results|reports|printing'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', comment: 'Two files that need each other are one, or miss a third.', from: {}, to: { circular: true } },
    {
      name: 'storage-and-audit-stand-below', severity: 'error', comment: 'storage and audit know nobody above them.',
      from: { path: '^src-main/(storage|audit)/' }, to: { path: `^src-main/(${subjects}|core|shell)/` },
    },
    {
      name: 'storage-knows-no-audit', severity: 'error', comment: 'audit is written through storage, never the other way.',
      from: { path: '^src-main/storage/' }, to: { path: '^src-main/audit/' },
    },
    {
      name: 'modules-through-index', severity: 'error', comment: 'A module is reached through its index.ts; what reads certificates and CMS also through identity/pki.ts.',
      from: { path: '^src-main/([^/]+)/' }, to: { path: '^src-main/[^/]+/', pathNot: ['^src-main/$1/', '^src-main/[^/]+/index\\.ts$', '^src-main/identity/pki\\.ts$'] },
    },
    {
      name: 'core-above-all', severity: 'error', comment: 'Only the core puts modules together; modules do not know it.',
      from: { path: `^src-main/(${subjects}|storage|audit)/` }, to: { path: '^src-main/(core|shell)/' },
    },
    {
      name: 'shell-knows-the-contract-only', severity: 'error', comment: 'The shell starts the core; it does not work with its modules.',
      from: { path: '^src-main/shell/' }, to: { path: `^src-main/(${subjects}|storage|audit)/` },
    },
    { name: 'electron-in-shell', severity: 'error', from: { pathNot: '^(src-main/shell/|src-preload/(hall-)?bridge\\.ts$)' }, to: { path: '(^|node_modules/)electron(/|$)' } },
    { name: 'contract-is-pure', severity: 'error', from: { path: '^src-preload/contract/' }, to: { pathNot: ['^src-preload/contract/', 'node_modules/(zod|@orpc/contract)/'] } },
    { name: 'window-knows-the-contract-only', severity: 'error', from: { path: '^src-renderer/' }, to: { path: '^src-(main/|preload/(?!contract/))' } },
    { name: 'program-does-not-need-tests', severity: 'error', from: { path: '^src-' }, to: { path: '^(test|bench|scripts)/' } },
    { name: 'nothing-unresolvable', severity: 'error', from: { path: '^src-' }, to: { couldNotResolve: true, pathNot: '^pdfmake/interfaces$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
}
