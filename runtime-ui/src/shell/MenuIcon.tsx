import { type ComponentType, createElement } from 'react'
import { menuIcons } from './menu-icons.ts'

const byName: ReadonlyMap<string, ComponentType> = new Map(Object.entries(menuIcons))

/** The icon metadata names, or the first character of the title for a name without one. */
export function MenuIcon({ name, title }: { readonly name: string | undefined; readonly title: string }) {
  const icon = byName.get(name ?? '')
  if (icon !== undefined) return <span className="heddle-menu-icon">{createElement(icon)}</span>
  return (
    <span className="heddle-menu-icon heddle-menu-letter" aria-hidden>
      {title.slice(0, 1)}
    </span>
  )
}
