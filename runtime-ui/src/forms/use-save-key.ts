import { type RefObject, useEffect, useEffectEvent } from 'react'

/** Ctrl+S (on a Mac ⌘S) saves the form, wherever the cursor is; with a dialog open, only the form in the dialog. */
export function useSaveKey(form: RefObject<HTMLElement | null>, save: () => void): void {
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's'
    if (!isSave || event.defaultPrevented) return
    const dialog = [...document.querySelectorAll('[role="dialog"]')].at(-1)
    if (dialog !== undefined && !dialog.contains(form.current)) return
    event.preventDefault()
    save()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onPress(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
