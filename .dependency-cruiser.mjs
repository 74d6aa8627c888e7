// The arrows of the packages and, inside the engine, of its folders. Everything not forbidden is allowed.
const engine = (folders) => `^engine/src/(${folders})/`
const tests = '\\.test\\.tsx?$|^engine/src/testing/|/fixtures/'
const top = 'server|cli'
const lower = 'access|filters|field-types'
const capabilities = 'accounts|events|files|jobs|organisation|plugins|publish|records|search|workflows'

const forbidden = [
  {
    name: 'metadata-stands-alone',
    comment: 'metadata/ is the language: it runs in browser and server and imports no other package.',
    from: { path: '^metadata/' },
    to: { path: '^(engine|runtime-ui|designer|plugins|examples)/|node_modules/(react|react-dom|hono|postgres)/' },
  },
  {
    name: 'metadata-is-isomorphic',
    comment: 'metadata/ uses no Node built-in; its tests may read fixtures.',
    from: { path: '^metadata/', pathNot: tests },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'engine-knows-no-face',
    comment: 'engine/ stands on metadata/ alone; plugins are loaded by name at run time.',
    from: { path: '^engine/' },
    to: { path: '^(runtime-ui|designer|plugins|examples)/|node_modules/(react|react-dom|antd)/' },
  },
  {
    name: 'runtime-ui-stands-on-metadata',
    comment: 'runtime-ui/ talks to the engine over HTTP only.',
    from: { path: '^runtime-ui/' },
    to: { path: '^(engine|designer|plugins|examples)/' },
  },
  {
    name: 'designer-stands-on-the-faces',
    comment: 'designer/ imports metadata/ and runtime-ui/; it talks to the engine over HTTP only.',
    from: { path: '^designer/' },
    to: { path: '^(engine|plugins|examples)/' },
  },
  {
    name: 'no-deep-import',
    comment: 'Another package is imported by its public entry, never by a path into it.',
    from: { path: '^(metadata|engine|runtime-ui|designer)/' },
    to: {
      path: '^(metadata|engine|runtime-ui|designer)/',
      pathNot: [
        '^$1/',
        '^metadata/src/index\\.ts$',
        '^metadata/schemas/',
        '^metadata/src/field-types/fixtures/',
        '^runtime-ui/src/index\\.ts$',
      ],
    },
  },
  {
    name: 'only-storage-knows-the-driver',
    comment: 'The driver is reached through engine/src/storage/.',
    from: { path: '^engine/src/', pathNot: engine('storage') },
    to: { path: 'node_modules/(postgres|drizzle-orm/postgres-js)/' },
  },
  {
    name: 'only-workflows-know-bpmn-engine',
    comment: 'bpmn-engine hides behind start, signal and resume of engine/src/workflows/.',
    from: { path: '^engine/src/', pathNot: engine('workflows') },
    to: { path: 'node_modules/bpmn-(engine|elements)/' },
  },
  {
    name: 'nothing-imports-the-top',
    comment: 'Capabilities and all below them know neither the server nor the command line.',
    from: { path: engine(`${capabilities}|${lower}|storage|http`), pathNot: tests },
    to: { path: `${engine(top)}|^engine/src/(main|start)\\.ts$` },
  },
  {
    name: 'lower-knows-no-capability',
    comment: 'access, filters and field-types stand on storage alone.',
    from: { path: engine(lower), pathNot: tests },
    to: { path: engine(`${capabilities}|http`) },
  },
  {
    name: 'storage-stands-alone',
    comment: 'storage/ is the lowest folder.',
    from: { path: engine('storage'), pathNot: tests },
    to: { path: engine(`${capabilities}|${lower}|http`) },
  },
  {
    name: 'http-knows-types-only',
    comment: 'http/ is what routes stand on; it names the capabilities in types but runs none of them.',
    from: { path: engine('http'), pathNot: tests },
    to: { path: engine(capabilities), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'publish-knows-no-records',
    comment: 'records/ follows the live release of publish/; the way back would close a circle of folders.',
    from: { path: engine('publish|accounts|search'), pathNot: tests },
    to: { path: engine('records') },
  },
  {
    name: 'product-code-imports-no-test-code',
    comment: 'Only tests and the test folder itself import engine/src/testing/.',
    from: { path: '^(engine|metadata|runtime-ui|designer)/', pathNot: `${tests}|/e2e/|^engine/bench/` },
    to: { path: '^engine/src/testing/' },
  },
  {
    name: 'no-own-index',
    comment: "Nobody imports its own folder's index.",
    from: { path: '^(.+)/[^/]+$', pathNot: tests },
    to: { path: '^$1/index\\.tsx?$' },
  },
  {
    name: 'no-cycle',
    comment: 'Imports run one way, types included.',
    from: {},
    to: { circular: true },
  },
  { name: 'no-unresolved', comment: 'Every import leads somewhere.', from: {}, to: { couldNotResolve: true } },
]

export default {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|/dist[.]new-' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
