import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Every check of `npm run check` on the checkout in `root`: its name and the command that fails when it is violated. */
export function checksOf(root) {
  const tool = (name) => join(root, 'node_modules/.bin', name)
  const node = process.execPath
  return [
    { name: 'types of engine', command: [tool('tsc'), '-p', 'engine/tsconfig.json'] },
    {
      name: 'format and lint',
      command: [tool('biome'), 'ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=200', '.'],
    },
    ...typedFolders(root)
      .filter((folder) => folder !== 'engine')
      .map((folder) => ({ name: `types of ${folder}`, command: [tool('tsc'), '-p', `${folder}/tsconfig.json`] })),
    { name: 'unused code', command: [tool('knip'), '--no-config-hints'] },
    { name: 'unused code in production', command: [tool('knip'), '--production', '--no-config-hints'] },
    { name: 'import arrows', command: [tool('depcruise'), '--config', '.dependency-cruiser.mjs', ...folders(root)] },
    { name: 'generated files', command: [node, 'engine/bin/generate.mjs', '--check'] },
    { name: 'house rules', command: [tool('vitest'), 'run', '--project', 'rules', 'engine/src/testing'] },
    { name: 'Node version', command: [node, '.ci/node-version.mjs'] },
  ]
}

const folders = (root) =>
  ['metadata', 'engine', 'runtime-ui', 'designer', 'examples'].filter((folder) => existsSync(join(root, folder)))

/** The folders with a tsconfig.json and something to check; the root's own covers the tools' configuration. */
function typedFolders(root) {
  const examples = existsSync(join(root, 'examples')) ? readdirSync(join(root, 'examples')) : []
  return ['.', ...folders(root), ...examples.map((name) => `examples/${name}`)].filter(
    (folder) =>
      existsSync(join(root, folder, 'tsconfig.json')) && (folder === '.' || existsSync(join(root, folder, 'src'))),
  )
}
