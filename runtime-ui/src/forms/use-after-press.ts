import { useCallback, useEffect, useRef } from 'react'

/**
 * Gives a way to do something once no mouse button or finger is down. What a form says when a field is left moves what
 * is below it; under a press that began before, the button would be gone when the press ends.
 */
export function useAfterPress(): (run: () => void) => void {
  const press = useRef<{ isDown: boolean; readonly waiting: (() => void)[] }>({ isDown: false, waiting: [] })
  useEffect(() => {
    const down = () => {
      press.current.isDown = true
    }
    const up = () => {
      press.current.isDown = false
      const waiting = press.current.waiting.splice(0)
      // The click comes after the release.
      for (const run of waiting) setTimeout(run)
    }
    const listeners = [
      ['pointerdown', down],
      ['pointerup', up],
      ['pointercancel', up],
    ] as const
    for (const [event, listener] of listeners) document.addEventListener(event, listener, true)
    return () => {
      for (const [event, listener] of listeners) document.removeEventListener(event, listener, true)
    }
  }, [])
  return useCallback((run) => {
    if (press.current.isDown) press.current.waiting.push(run)
    else run()
  }, [])
}
