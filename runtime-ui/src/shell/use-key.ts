import { useEffect, useEffectEvent } from 'react'

/**
 * Calls back when the key is pressed anywhere on the page, as in `c`, `?` or `mod+k` (Ctrl, on a Mac ⌘). Plain keys are
 * left alone while someone types or a dialog is open.
 */
export function useKey(key: string, handle: (event: KeyboardEvent) => void): void {
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    if (!isPressed(key, event) || event.defaultPrevented || event.isComposing) return
    if (!key.startsWith('mod+') && isElsewhere(event.target)) return
    event.preventDefault()
    handle(event)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onPress(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

function isPressed(key: string, event: KeyboardEvent): boolean {
  const withModifier = key.startsWith('mod+')
  const hasModifier = event.ctrlKey || event.metaKey
  return (
    withModifier === hasModifier && !event.altKey && event.key.toLowerCase() === key.replace('mod+', '').toLowerCase()
  )
}

function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"], [role="menu"]',
    ) !== null
  )
}
