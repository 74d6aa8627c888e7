import { parsePointer } from '@heddle/metadata'

const focusable = 'input, textarea, button, [tabindex="0"], [contenteditable="true"]'

/** Brings the part of a record that a path points to into view and puts the cursor there. */
export function focusPath(form: HTMLElement | null, prefix: string, path: string): void {
  const segments = parsePointer(path)
  for (let length = segments.length; length > 0; length -= 1) {
    const id = [prefix, ...segments.slice(0, length)].join('-')
    const exact = form?.querySelector<HTMLElement>(`#${CSS.escape(id)}`)
    const frame = form?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-frame`)}`)
    const target = exact?.matches(focusable) ? exact : (frame ?? exact)?.querySelector<HTMLElement>(focusable)
    if (target === null || target === undefined) continue
    target.scrollIntoView({ block: 'center' })
    target.focus({ preventScroll: true })
    return
  }
  form?.scrollIntoView({ block: 'start' })
}
