import type { KeyboardEvent } from 'react'

/** Tab leaves an open list as it is; Ant Design's lists would take their first entry with them, asked for or not. */
export function passTab(event: KeyboardEvent): void {
  const { target } = event
  if (event.key !== 'Tab' || !(target instanceof HTMLInputElement)) return
  if (target.getAttribute('role') === 'combobox' && target.value === '') event.stopPropagation()
}
