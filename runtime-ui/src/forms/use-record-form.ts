import { asText, type Entity, type JsonObject, type Release } from '@heddle/metadata'
import { useQueryClient } from '@tanstack/react-query'
import { useContext, useMemo, useRef, useState } from 'react'
import type { ApiProblem } from '../api/problem.ts'
import { rememberRecord } from '../api/records.ts'
import { newValues, valuesOf } from '../fields/record-values.ts'
import { SessionContext } from '../shell/session-context.ts'
import { authoredValues } from './authored-values.ts'
import { changedFields } from './changes.ts'
import { draftName, keepDraft, readDraft, resumeDraft } from './drafts.ts'
import { type Merged, mergeVersions, settleConflicts } from './merge-versions.ts'
import { saveRecord } from './save-record.ts'
import { useDraft } from './use-draft.ts'
import { useToldFaults } from './use-told-faults.ts'
import { useVerdict } from './use-verdict.ts'
import type { FormFault } from './validation.ts'

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

/** Both sides of a conflict, and the record they are about. */
export interface Conflict {
  readonly merged: Merged
  readonly mine: JsonObject
  readonly record: JsonObject
}

interface Work {
  /** The record the values were made from. */
  readonly record: JsonObject | undefined
  readonly base: JsonObject
  /** What people gave; what follows from it is worked out. */
  readonly values: JsonObject
}

/** The state of a record form: its values, what is wrong with them, and what can be done. */
export function useRecordForm(subject: FormSubject) {
  const { release, entity } = subject
  const client = useQueryClient()
  const person = useContext(SessionContext)?.me.id ?? ''
  const name = draftName(person, entity.name, asText(subject.record?.id))
  const [start] = useState(() => startingWork(subject, name))
  const [work, setWork] = useState<Work>(start.work)
  const [resumedAt, setResumedAt] = useState(start.resumedAt)
  const [conflict, setConflict] = useState<Conflict | undefined>(start.conflict)
  const [problem, setProblem] = useState<ApiProblem>()
  const [isSaving, setSaving] = useState(false)
  const isSaved = useRef(false)
  const { verdict, start: base, judge } = useVerdict({ release, entity, ...work })
  const { values, shown, context, states, lineStates } = verdict
  const changed = useMemo(() => changedFields(entity, base, values), [entity, base, values])
  const told = useToldFaults(verdict, work.record, changed.length > 0)
  const newer = useMemo(
    () => newerVersion(subject.record, entity, { work, mine: values }),
    [subject.record, entity, work, values],
  )
  // What others saved meanwhile is shown at once; where both changed one field, the person decides.
  if (newer?.merged.conflicts.length === 0) setWork(mergedWork(entity, newer))
  useDraft({
    entity,
    name,
    before: base,
    after: values,
    idempotencyKey: start.idempotencyKey,
    isChanged: changed.length > 0,
    isSaved: () => isSaved.current,
  })

  const reset = (next: Work) => {
    setWork(next)
    told.forget()
    setProblem(undefined)
    setResumedAt(undefined)
    setConflict(undefined)
  }
  const change = (next: JsonObject) => {
    isSaved.current = false
    told.forgetRefused(changedFields(entity, shown, next))
    setWork((before) => ({ ...before, values: authoredValues(entity, { authored: before.values, shown }, next) }))
  }
  const keepSaved = (record: JsonObject) => {
    isSaved.current = true
    keepDraft(localStorage, name, undefined)
    rememberRecord(client, entity.name, record)
    reset(workOn(entity, record))
    subject.onSaved(record)
  }
  /** @returns what must be put right first; nothing when the record was saved or the failure is told elsewhere */
  const save = async (): Promise<readonly FormFault[]> => {
    told.submit()
    setProblem(undefined)
    if (isSaving) return []
    setSaving(true)
    const { faults: wrong } = await judge()
    const saving = { release, entity, record: work.record, base, values, idempotencyKey: start.idempotencyKey }
    const result = wrong.length > 0 ? undefined : await saveRecord(saving)
    setSaving(false)
    if (result?.kind === 'saved') keepSaved(result.record)
    if (result?.kind === 'failed') setProblem(result.problem)
    if (result?.kind === 'conflict') setConflict({ ...result, mine: values })
    const refused = result?.kind === 'refused' ? result.faults : []
    told.refuse(refused)
    return [...wrong, ...refused]
  }
  const settle = (choices: { readonly [field: string]: 'mine' | 'theirs' }) => {
    if (conflict === undefined) return
    const values = settleConflicts(conflict.merged, conflict.mine, choices)
    setWork(mergedWork(entity, { ...conflict, merged: { ...conflict.merged, values } }))
    setConflict(undefined)
  }
  return {
    ...{ values: shown, context, changed, states, lineStates, isSaving, problem, conflict, resumedAt },
    ...{ faults: told.faults, warnings: told.warnings, isSubmitted: told.isSubmitted, touch: told.touch },
    change,
    save,
    settle,
    /** What others did meanwhile to fields that are changed here, too. */
    newer,
    lookAtNewer: () => setConflict(newer),
    discard: () =>
      reset(subject.record === undefined ? { ...work, values: work.base } : workOn(entity, subject.record)),
    closeConflict: () => setConflict(undefined),
  }
}

function workOn(entity: Entity, record: JsonObject | undefined, initial?: JsonObject): Work {
  const values = record === undefined ? newValues(entity, initial) : valuesOf(entity, record)
  return { record, base: values, values }
}

/** A later version of the record than the one the form was made from, put together with what was done here. */
function newerVersion(
  record: JsonObject | undefined,
  entity: Entity,
  { work, mine }: { readonly work: Work; readonly mine: JsonObject },
): Conflict | undefined {
  if (record === undefined || Number(record.version) <= Number(work.record?.version)) return undefined
  return { merged: mergeVersions(entity, work.base, { mine, theirs: valuesOf(entity, record) }), mine, record }
}

function mergedWork(entity: Entity, { merged, record }: Conflict): Work {
  return { record, base: valuesOf(entity, record), values: merged.values }
}

/** The record with the unsaved work that this device kept for it. */
function startingWork({ entity, record, initial }: FormSubject, name: string) {
  const work = workOn(entity, record, initial)
  const draft = readDraft(localStorage, name)
  const idempotencyKey = draft?.idempotencyKey || randomKey()
  if (draft === undefined) return { work, idempotencyKey, resumedAt: undefined, conflict: undefined }
  const merged = resumeDraft(entity, work.base, draft)
  const mine = { ...merged.values, ...draft.mine }
  const conflict = merged.conflicts.length > 0 && record !== undefined ? { merged, mine, record } : undefined
  return { work: { ...work, values: merged.values }, idempotencyKey, resumedAt: draft.at, conflict }
}

/** A key nobody else has; `randomUUID` is missing on pages served without TLS. */
function randomKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16).padStart(8, '0')).join('')
}
