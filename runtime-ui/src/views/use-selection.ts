import { asText, type JsonObject } from '@heddle/metadata'
import { useCallback, useEffect, useState } from 'react'

/** The records that are ticked. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly toggle: (id: string) => void
  readonly set: (ids: readonly string[]) => void
}

/** Which of the records are ticked; those that are gone no longer count. */
export function useSelection(records: readonly JsonObject[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const present = new Set(records.map(({ id }) => asText(id) ?? ''))
    setIds((current) =>
      [...current].every((id) => present.has(id)) ? current : new Set([...current].filter((id) => present.has(id))),
    )
  }, [records])
  const toggle = useCallback(
    (id: string) =>
      setIds((current) =>
        current.has(id) ? new Set([...current].filter((each) => each !== id)) : new Set([...current, id]),
      ),
    [],
  )
  return { ids, toggle, set: (next) => setIds(new Set(next)) }
}
