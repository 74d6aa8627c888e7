import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

/** Draws the page's place into the top bar. */
export function Crumbs({ children }: { readonly children: ReactNode }) {
  const [bar, setBar] = useState<HTMLElement | null>(null)
  useEffect(() => setBar(document.getElementById('heddle-crumbs')), [])
  return bar === null ? null : createPortal(children, bar)
}
