import type { KeyboardEvent } from 'react'

/** One page of several at the same place. */
export interface TabChoice<Id extends string> {
  readonly id: Id
  readonly title: string
}

interface TabListProps<Id extends string> {
  readonly label: string
  readonly tabs: readonly TabChoice<Id>[]
  readonly chosen: Id
  readonly onChoose: (id: Id) => void
}

/** Tabs over panels that {@link panelOf} names; the arrows walk. */
export function TabList<Id extends string>({ label, tabs, chosen, onChoose }: TabListProps<Id>) {
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0
    const position = tabs.findIndex(({ id }) => id === chosen) + step
    const next = tabs[(position + tabs.length) % tabs.length]
    if (step === 0 || next === undefined) return
    event.preventDefault()
    onChoose(next.id)
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus()
  }
  return (
    <div className="heddle-tabs" role="tablist" aria-label={label} onKeyDown={walk}>
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          className="heddle-tab"
          role="tab"
          aria-selected={id === chosen}
          aria-controls={`panel-${id}`}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}

/** What makes an element the panel of a tab. */
export function panelOf(id: string) {
  return { role: 'tabpanel', id: `panel-${id}`, 'aria-labelledby': `tab-${id}` } as const
}
