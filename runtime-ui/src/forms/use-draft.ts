import type { Entity, JsonObject } from '@heddle/metadata'
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { deviceStore } from '../device-store.ts'
import { faceOf } from '../fields/index.ts'
import { draftOf, keepDraft } from './drafts.ts'

interface Work {
  readonly entity: Entity
  readonly idempotencyKey: string
  readonly isChanged: boolean
  readonly unsaved: Unsaved
}

/** What was done to a record, and where it is kept. */
export interface Unsaved {
  /** Name of the draft on this device. */
  readonly name: string
  readonly before: JsonObject
  readonly after: JsonObject
  /** Of the record it is made from. */
  readonly version: number | undefined
}

/** How long typing may go on before it is written down, in ms. */
const pause = 300

/**
 * Keeps unsaved work on this device while it is done, and warns before a page with some is left.
 * @returns a way to say what is left after a save or a discard: it is kept at once, and nothing that was drawn before is
 */
export function useDraft({ entity, idempotencyKey, isChanged, unsaved }: Work): (left: Unsaved) => void {
  const { name, before, after } = unsaved
  const isOutdated = useRef(false)
  const write = ({ name, before, after, version }: Unsaved) => {
    const isSecret = (field: string) => {
      const found = entity.fields.get(field)
      return found !== undefined && faceOf(found).isSecret === true
    }
    const terms = { isSecret, idempotencyKey, version, at: new Date().toISOString() }
    keepDraft(deviceStore, name, draftOf(entity, { before, after }, terms))
  }
  const keep = useEffectEvent(() => {
    if (!isOutdated.current) write(unsaved)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: other values are what was drawn
  useLayoutEffect(() => {
    isOutdated.current = false
  }, [before, after])
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
  return (left) => {
    isOutdated.current = true
    if (left.name !== name) keepDraft(deviceStore, name, undefined)
    write(left)
  }
}
