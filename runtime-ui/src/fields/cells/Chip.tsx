import type { ReactNode } from 'react'
import type { Hue } from '../hues.ts'
import './cells.css'

/** A tinted label: an option, a tag, a state. */
export function Chip({ hue, children }: { readonly hue: Hue; readonly children: ReactNode }) {
  return (
    <span className="heddle-chip" data-hue={hue} title={typeof children === 'string' ? children : undefined}>
      {children}
    </span>
  )
}
