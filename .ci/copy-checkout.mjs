import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'

const left = new Set(['node_modules', '.git', '.heddle', 'dist', 'test-results', 'playwright-report'])

/**
 * A temporary copy of the checkout in which violations can be planted. Installed packages are shared with it, the
 * workspaces' own are its copies; `plant` writes a file, `change` rewrites one.
 * @param {string} root
 */
export function copyCheckout(root) {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'heddle-check-')))
  const isWanted = (path) => {
    const parts = relative(root, path).split(sep)
    return !parts.some((part) => left.has(part) || part.startsWith('dist.new-'))
  }
  cpSync(root, copy, { recursive: true, filter: isWanted })
  for (const folder of ['.', ...workspaces(root)]) sharePackages(root, copy, folder)
  const plant = (file, text) => {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    writeFileSync(join(copy, file), text)
  }
  return { root: copy, plant, change: (file, edit) => plant(file, edit(readFileSync(join(copy, file), 'utf8'))) }
}

const workspaces = (root) => readdirSync(join(root, 'node_modules/@heddle'))

function sharePackages(root, copy, folder) {
  const from = join(root, folder, 'node_modules')
  const to = join(copy, folder, 'node_modules')
  for (const name of entriesOf(from)) {
    if (name === '@heddle' || name.startsWith('.vite')) continue
    mkdirSync(to, { recursive: true })
    symlinkSync(join(from, name), join(to, name))
  }
  if (folder !== '.') return
  mkdirSync(join(to, '@heddle'))
  for (const name of workspaces(root)) symlinkSync(join(copy, name), join(to, '@heddle', name))
}

function entriesOf(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
