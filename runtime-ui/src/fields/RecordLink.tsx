import { createContext, type MouseEvent, type ReactNode, useContext } from 'react'

/** Opens a record inside the app; without it links load the page anew. */
export const OpenRecordContext = createContext<((entity: string, id: string) => void) | undefined>(undefined)

interface RecordLinkProps {
  readonly entity: string
  readonly id: string
  readonly children: ReactNode
}

/** A link to a record's page; in a row that is itself clickable only the link is followed. */
export function RecordLink({ entity, id, children }: RecordLinkProps) {
  const open = useContext(OpenRecordContext)
  const follow = (event: MouseEvent) => {
    event.stopPropagation()
    if (open === undefined || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    open(entity, id)
  }
  return (
    <a href={`/record/${entity}/${id}`} className="heddle-link" onClick={follow}>
      {children}
    </a>
  )
}
