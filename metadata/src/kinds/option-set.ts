import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import { asObject, asText } from '../json.ts'
import { nameFault } from '../names.ts'
import { nearest } from '../near.ts'
import type { CheckContext } from './define-kind.ts'

/** Parents must exist and lead to a root. */
export function checkOptionSet({ name, body }: Definition, _context: CheckContext, report: Reporter): void {
  const fault = nameFault(name)
  if (fault !== undefined) report.error('', 'name.invalid', fault)
  const options = asObject(body.options)
  for (const [key, option] of Object.entries(options)) {
    const parent = asText(asObject(option).parent)
    if (parent === undefined) continue
    const path = `/options/${key}/parent`
    if (!Object.hasOwn(options, parent)) {
      const near = nearest(parent, Object.keys(options))
      report.error(
        path,
        'option.parent.unknown',
        `There is no option “${parent}”${near ? `; did you mean “${near}”?` : '.'}`,
      )
    } else if (isOwnAncestor(key, options)) {
      report.error(path, 'option.parent.cycle', `Option “${key}” is its own ancestor; choose another parent.`)
    }
  }
}

function isOwnAncestor(key: string, options: ReturnType<typeof asObject>): boolean {
  const seen = new Set<string>()
  let current = asText(asObject(options[key]).parent)
  while (current !== undefined && !seen.has(current)) {
    if (current === key) return true
    seen.add(current)
    current = asText(asObject(options[current]).parent)
  }
  return false
}
