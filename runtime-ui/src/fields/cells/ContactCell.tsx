import type { CellProps } from '../face.ts'
import { textOf } from './TextCell.tsx'

/** An address to write to. */
export function EmailCell({ value }: CellProps) {
  return <OutsideLink href={`mailto:${textOf(value)}`} text={textOf(value)} />
}

/** A number to call; a masked one is only shown. */
export function PhoneCell({ value }: CellProps) {
  const text = textOf(value)
  return text.includes('*') ? text : <OutsideLink href={`tel:${text.replace(/(转|x|ext\.?|#)/, ',')}`} text={text} />
}

/** A page on the web, shown without its scheme. */
export function UrlCell({ value }: CellProps) {
  const text = textOf(value)
  return /^https?:\/\//i.test(text) ? (
    <OutsideLink href={text} text={text.replace(/^https?:\/\/(www\.)?|\/$/gi, '')} />
  ) : (
    text
  )
}

function OutsideLink({ href, text }: { readonly href: string; readonly text: string }) {
  return (
    <a
      href={href}
      className="heddle-link"
      target={href.startsWith('http') ? '_blank' : undefined}
      rel="noreferrer"
      onClick={(event) => event.stopPropagation()}
    >
      {text}
    </a>
  )
}
