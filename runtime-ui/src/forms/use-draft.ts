import type { Entity, JsonObject } from '@heddle/metadata'
import { useEffect, useEffectEvent } from 'react'
import { faceOf } from '../fields/index.ts'
import { draftOf, keepDraft } from './drafts.ts'

interface Work {
  readonly entity: Entity
  /** Name of the draft on this device. */
  readonly name: string
  readonly before: JsonObject
  readonly after: JsonObject
  readonly idempotencyKey: string
  /** Of the record it is made from. */
  readonly version: number | undefined
  readonly isChanged: boolean
  /** Everything is saved, though this page may not have drawn it yet. */
  readonly isSaved: () => boolean
}

/** How long typing may go on before it is written down, in ms. */
const pause = 300

/** Keeps unsaved work on this device while it is done, and warns before a page with some is left. */
export function useDraft({ entity, name, before, after, idempotencyKey, version, isChanged, isSaved }: Work): void {
  const keep = useEffectEvent(() => {
    if (isSaved()) return
    const isSecret = (field: string) => {
      const found = entity.fields.get(field)
      return found !== undefined && faceOf(found).isSecret === true
    }
    const terms = { isSecret, idempotencyKey, version, at: new Date().toISOString() }
    keepDraft(localStorage, name, draftOf(entity, { before, after }, terms))
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of values that is to be written down
  useEffect(() => {
    const timer = setTimeout(keep, pause)
    return () => clearTimeout(timer)
  }, [before, after])
  useEffect(() => {
    const keepNow = () => keep()
    window.addEventListener('pagehide', keepNow)
    return () => {
      window.removeEventListener('pagehide', keepNow)
      keepNow()
    }
  }, [])
  useEffect(() => {
    if (!isChanged) return
    const warn = (event: BeforeUnloadEvent) => {
      keep()
      event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isChanged])
}
