import { asText, type Entity, type JsonObject, type Release } from '@heddle/metadata'
import { useQueryClient } from '@tanstack/react-query'
import { useContext, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ApiProblem } from '../api/problem.ts'
import { identityOf, rememberRecord } from '../api/records.ts'
import { deviceStore } from '../device-store.ts'
import { noPendingWork } from '../fields/pending-work.ts'
import { SessionContext } from '../shell/session-context.ts'
import { authoredValues } from './authored-values.ts'
import { changedFields } from './changes.ts'
import { draftName, readDraft } from './drafts.ts'
import { FormWayContext } from './form-way.ts'
import { mergedWork, newerVersion, resumedWork, type Work, workOn } from './form-work.ts'
import { settleConflicts } from './merge-versions.ts'
import { type Saved, saveRecord } from './save-record.ts'
import { useDraft } from './use-draft.ts'
import { useToldFaults } from './use-told-faults.ts'
import { useVerdict } from './use-verdict.ts'
import type { FormFault } from './validation.ts'
import { workSince } from './work-since.ts'

/** What a record form is about. */
export interface FormSubject {
  readonly release: Release
  readonly entity: Entity
  /** As read; none for a new record. */
  readonly record?: JsonObject | undefined
  /** Values a new record starts with. */
  readonly initial?: JsonObject | undefined
  readonly onSaved: (record: JsonObject) => void
}

/** The state of a record form: its values, what is wrong with them, and what can be done. */
export function useRecordForm(subject: FormSubject) {
  const { release, entity } = subject
  const client = useQueryClient()
  const person = useContext(SessionContext)?.me.id ?? ''
  const way = useContext(FormWayContext)
  const nameOf = (record: JsonObject | undefined) => draftName(person, entity.name, asText(record?.id), way)
  const [start] = useState(() => startingWork(subject, nameOf(subject.record)))
  const [work, setWork] = useState<Work>(start.work)
  const [resumedAt, setResumedAt] = useState(start.resumedAt)
  const [isAsking, setAsking] = useState(start.isAsked)
  const [reread, setReread] = useState<JsonObject>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [isSaving, setSaving] = useState(false)
  const [pending] = useState(noPendingWork)
  const { verdict, start: base, judge } = useVerdict({ release, entity, ...work })
  const { values, shown, context, states, lineStates } = verdict
  const changed = useMemo(() => changedFields(entity, base, values), [entity, base, values])
  const told = useToldFaults(verdict, work.record, changed.length > 0)
  const drawn = useRef({ work, base, values, judge })
  useLayoutEffect(() => {
    drawn.current = { work, base, values, judge }
  })
  const later = useMemo(
    () => newerVersion(laterOf(subject.record, reread), entity, { work, mine: values }),
    [subject.record, reread, entity, work, values],
  )
  // What a save writes is seen by others before it is answered; it is no other's change.
  const newer = isSaving ? undefined : later
  // What others saved meanwhile is shown at once; where both changed one field, the person decides.
  if (newer?.merged.conflicts.length === 0) {
    setWork(mergedWork(entity, newer))
    setAsking(false)
  }
  const unsavedOf = ({ record }: Work, before: JsonObject, after: JsonObject) => ({
    ...{ name: nameOf(record), before, after },
    version: record === undefined ? undefined : identityOf(record).version,
  })
  const keepLeft = useDraft({
    ...{ entity, idempotencyKey: start.idempotencyKey },
    isChanged: changed.length > 0,
    unsaved: unsavedOf(work, base, values),
  })

  const reset = (next: Work) => {
    keepLeft(unsavedOf(next, next.base, next.values))
    setWork(next)
    told.forget()
    setProblem(undefined)
    setResumedAt(undefined)
    setAsking(false)
  }
  const change = (next: JsonObject) => {
    told.forgetRefused(changedFields(entity, shown, next))
    setWork((before) => ({ ...before, values: authoredValues(entity, { authored: before.values, shown }, next) }))
  }
  const keepSaved = (record: JsonObject, sent: JsonObject) => {
    rememberRecord(client, entity.name, record)
    reset(workSince(entity, { sent, now: drawn.current.work.values }, record))
    subject.onSaved(record)
  }
  const ended = (result: Saved | undefined, sent: JsonObject): readonly FormFault[] => {
    if (result?.kind === 'saved') keepSaved(result.record, sent)
    if (result?.kind === 'failed') setProblem(result.problem)
    if (result?.kind === 'conflict') {
      setReread(result.record)
      setAsking(true)
    }
    const refused = result?.kind === 'refused' ? result.faults : []
    told.refuse(refused)
    return refused
  }
  /** @returns what must be put right first; nothing when the record was saved or the failure is told elsewhere */
  const save = async (): Promise<readonly FormFault[]> => {
    told.submit()
    setProblem(undefined)
    if (isSaving) return []
    setSaving(true)
    const isComplete = await pending.settled()
    const { work, base, values, judge } = drawn.current
    const wrong = isComplete ? (await judge()).faults : []
    const saving = { release, entity, record: work.record, base, values, idempotencyKey: start.idempotencyKey }
    const result = isComplete && wrong.length === 0 ? await saveRecord(saving) : undefined
    // What would be lost with a page that is left once it is saved.
    if (result?.kind === 'saved') await pending.settled()
    setSaving(false)
    return [...wrong, ...ended(result, work.values)]
  }
  const settle = (choices: { readonly [field: string]: 'mine' | 'theirs' }) => {
    if (newer === undefined) return
    const values = settleConflicts(newer.merged, newer.mine, choices)
    setWork(mergedWork(entity, { ...newer, merged: { ...newer.merged, values } }))
    setAsking(false)
  }
  return {
    ...{ values: shown, context, changed, states, lineStates, isSaving, problem, resumedAt },
    ...{ faults: told.faults, warnings: told.warnings, isSubmitted: told.isSubmitted, touch: told.touch },
    /** What fields do that will change values; a save waits for it. */
    pending,
    change,
    save,
    settle,
    /** What others did meanwhile to fields that are changed here, too. */
    newer,
    /** The same while the person is asked which side to take. */
    conflict: isAsking ? newer : undefined,
    lookAtNewer: () => setAsking(true),
    discard: () =>
      reset(subject.record === undefined ? { ...work, values: work.base } : workOn(entity, subject.record)),
    closeConflict: () => setAsking(false),
  }
}

/** The version that was written last of those that were read. */
function laterOf(one: JsonObject | undefined, other: JsonObject | undefined): JsonObject | undefined {
  return other !== undefined && !(Number(one?.version) >= Number(other.version)) ? other : one
}

/** The record with the unsaved work that this device kept for it. */
function startingWork({ entity, record, initial }: FormSubject, name: string) {
  const work = workOn(entity, record, initial)
  const draft = readDraft(deviceStore, name)
  const idempotencyKey = draft?.idempotencyKey || randomKey()
  if (draft === undefined) return { work, isAsked: false, idempotencyKey, resumedAt: undefined }
  return { ...resumedWork(entity, work, draft), idempotencyKey, resumedAt: draft.at }
}

/** A key nobody else has; `randomUUID` is missing on pages served without TLS. */
function randomKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16).padStart(8, '0')).join('')
}
