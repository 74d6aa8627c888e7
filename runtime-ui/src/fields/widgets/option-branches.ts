import type { Option } from '../options.ts'

/** A node of an option tree as a cascader takes it. */
export interface Branch {
  readonly value: string
  readonly label: string
  readonly children?: Branch[]
}

/** The tree that options with parents form; an option whose parent is gone stands at the root. */
export function branchesOf(options: ReadonlyMap<string, Option>): Branch[] {
  const byParent = new Map<string | undefined, Option[]>()
  for (const option of options.values()) {
    const parent = option.parent !== undefined && options.has(option.parent) ? option.parent : undefined
    byParent.set(parent, [...(byParent.get(parent) ?? []), option])
  }
  const below = (parent: string | undefined): Branch[] =>
    (byParent.get(parent) ?? []).map(({ key, title }) => {
      const children = below(key)
      return { value: key, label: title, ...(children.length === 0 ? {} : { children }) }
    })
  return below(undefined)
}

/** The keys from the root down to `key`. */
export function branchPath(key: string, options: ReadonlyMap<string, Option>): string[] {
  const path = [key]
  for (let parent = options.get(key)?.parent; parent !== undefined; parent = options.get(parent)?.parent) {
    if (path.includes(parent) || !options.has(parent)) break
    path.unshift(parent)
  }
  return path
}

/** The first option whose title begins with the text, else the first that has it. */
export function firstBranch(text: string, options: ReadonlyMap<string, Option>): string | undefined {
  const wanted = text.trim().toLowerCase()
  const titles = [...options.values()].map(({ key, title }) => ({ key, title: title.toLowerCase() }))
  const own = titles.find(({ title }) => title.startsWith(wanted)) ?? titles.find(({ title }) => title.includes(wanted))
  return own?.key
}
