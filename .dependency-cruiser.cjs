/**
 * Who may import whom. Imports go down only:
 *
 *   app, bin → lib/<feature> → lib/explainers, lib/scoring, lib/statistics → nothing of ours
 *
 * Every comment says where the code belongs instead; `npm run lint` prints it.
 */
const path = require('node:path')

const OURS = '^(app|bin|lib|prisma|tests)/'
const GENERATED = '^lib/database/generated'
const DATABASE_ACCESS = ['/(data|mutations)\\.ts$', '^lib/(database|jobs)/', '^prisma/', '^bin/', '^tests/']

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'explainers-know-nothing-of-ours',
      comment:
        'lib/explainers turns a model and an input into evidence and figures, and can be used without Vitrine. Code that ' +
        'knows questions, users, the database or pages belongs in lib/<feature> and calls the explainers.',
      severity: 'error',
      from: { path: '^lib/explainers/' },
      to: { path: OURS, pathNot: '^lib/explainers/' },
    },
    {
      name: 'explainers-know-no-framework',
      comment:
        'Pages belong in app/, storage in lib/<feature>/data.ts or mutations.ts, jobs in lib/jobs. Explainers take arrays ' +
        'and give arrays.',
      severity: 'error',
      from: { path: '^lib/(explainers|scoring|statistics)/' },
      to: {
        path: 'node_modules/(next|next-auth|react-dom|pg|@prisma|prisma|graphile-worker)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'scoring-and-statistics-are-pure',
      comment:
        'lib/scoring and lib/statistics take data and return data, so that they can be tested by properties. Reading and ' +
        'writing belongs in lib/grading/data.ts and mutations.ts, which call them.',
      severity: 'error',
      from: { path: '^lib/(scoring|statistics)/' },
      to: {
        path: OURS,
        pathNot: [
          '^lib/(scoring|statistics)/',
          '^lib/questions/content\\.ts$',
          '^lib/explainers/bilingual\\.ts$',
        ],
      },
    },
    {
      name: 'lib-is-below-app',
      comment:
        'lib/ is used by pages, commands and the worker alike and imports none of them. Move what both need into ' +
        'lib/<feature>, or pass it in.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|bin|prisma|tests)/' },
    },
    {
      name: 'app-reaches-the-database-through-lib',
      comment:
        'Pages and routes ask lib/<feature>/data.ts and mutations.ts, where the question of who may see what has been ' +
        'answered. Put the query there.',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: ['^lib/database/', '^prisma/', 'node_modules/(pg|@prisma)/'] },
    },
    {
      name: 'app-is-not-a-library',
      comment: 'Commands share code with pages through lib/<feature>, not by importing pages.',
      severity: 'error',
      from: { path: '^(bin|prisma)/' },
      to: { path: '^app/' },
    },
    {
      name: 'one-database-seam',
      comment:
        'Only data.ts (reads), mutations.ts (writes), lib/jobs and the seed hold a database client. Move the query into ' +
        'the data.ts or mutations.ts of its feature and call that.',
      severity: 'error',
      from: { path: '^lib/', pathNot: DATABASE_ACCESS },
      to: { path: '^lib/database/' },
    },
    {
      name: 'clients-only-through-lib-database',
      comment:
        'Import staffDatabase or studentDatabase; only lib/database makes clients and pools. (Types of the generated ' +
        'client are free to data.ts and mutations.ts.)',
      severity: 'error',
      from: { path: '^lib/', pathNot: ['^lib/database/', '/(data|mutations)\\.ts$', '^lib/jobs/'] },
      to: { path: [GENERATED, 'node_modules/(pg|@prisma)/'] },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'What tests and the program share belongs in lib/.',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-barrels-no-drawers',
      comment:
        'A barrel (index.ts) hides where things are and a drawer (utils, helpers, common) what they are for. Import the file ' +
        'that has it; name a new file after the thing it computes.',
      severity: 'error',
      from: { path: OURS },
      to: {
        path: '(^|/)(index|utils?|helpers?|common|misc|shared)\\.(ts|tsx|mjs)$',
        pathNot: ['node_modules', '^prisma/seed/index\\.ts$', GENERATED],
      },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing, or share a third that belongs below both.',
      severity: 'error',
      from: { path: OURS, pathNot: GENERATED },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-development-packages',
      comment:
        'This runs on an installation without devDependencies. Move the package to dependencies, or the code to tests/.',
      severity: 'error',
      from: { path: '^(app|lib|prisma|bin)/', pathNot: '^bin/(test\\.ts|testing/)' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'npm-optional', 'type-only'] },
    },
    {
      name: 'only-what-package-json-names',
      comment:
        'The package is here by chance, through another one. Add it to package.json with its exact version.',
      severity: 'error',
      from: { path: OURS, pathNot: GENERATED },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'everything-resolves',
      comment: 'There is no such file or package.',
      severity: 'error',
      from: { path: OURS, pathNot: GENERATED },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', GENERATED] },
    exclude: { path: ['^tests/fixtures/', '^\\.next/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, 'tsconfig.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
