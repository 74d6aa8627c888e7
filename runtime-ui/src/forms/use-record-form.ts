import type { Entity, Field, JsonObject, Release } from '@heddle/metadata'
import { asText } from '@heddle/metadata'
import { useQueryClient } from '@tanstack/react-query'
import { useContext, useMemo, useRef, useState } from 'react'
import type { ApiProblem, FieldProblem } from '../api/problem.ts'
import { rememberRecord } from '../api/records.ts'
import { useFormat } from '../fields/format-context.ts'
import { newValues, valuesOf } from '../fields/record-values.ts'
import { SessionContext } from '../shell/session-context.ts'
import { changedFields } from './changes.ts'
import { draftName, keepDraft, readDraft, resumeDraft } from './drafts.ts'
import { fieldAt } from './faults.ts'
import { type Merged, settleConflicts } from './merge-versions.ts'
import { saveRecord } from './save-record.ts'
import { useDraft } from './use-draft.ts'
import { faultsOf, fieldStates } from './validation.ts'

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
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [isSubmitted, setSubmitted] = useState(false)
  const [refused, setRefused] = useState<readonly FieldProblem[]>([])
  const [problem, setProblem] = useState<ApiProblem>()
  const [isSaving, setSaving] = useState(false)
  const isSaved = useRef(false)
  const { timeZone } = useFormat()
  const { base, values } = work

  const changed = useMemo(() => changedFields(entity, base, values), [entity, base, values])
  const isNewer = subject.record !== undefined && Number(subject.record.version) > Number(work.record?.version)
  if (isNewer && changed.length === 0) setWork(workOn(entity, subject.record))
  const states = useMemo(() => fieldStates(entity), [entity])
  const found = useMemo(() => faultsOf(release, entity, values, { timeZone }), [release, entity, values, timeZone])
  const faults = useMemo(
    () => [...found.filter((fault) => isSubmitted || touched.has(fieldAt(fault))), ...refused],
    [found, refused, isSubmitted, touched],
  )
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
    setTouched(new Set())
    setSubmitted(false)
    setRefused([])
    setProblem(undefined)
    setResumedAt(undefined)
    setConflict(undefined)
  }
  const change = (next: JsonObject) => {
    isSaved.current = false
    const moved = changedFields(entity, values, next)
    setRefused((kept) => kept.filter((fault) => !moved.some((field: Field) => field.name === fieldAt(fault))))
    setWork((before) => ({ ...before, values: next }))
  }
  const keepSaved = (record: JsonObject) => {
    isSaved.current = true
    keepDraft(localStorage, name, undefined)
    rememberRecord(client, entity.name, record)
    reset(workOn(entity, record))
    subject.onSaved(record)
  }
  /** @returns what must be put right first; nothing when the record was saved or the failure is told elsewhere */
  const save = async (saving: Work = work): Promise<readonly FieldProblem[]> => {
    setSubmitted(true)
    setProblem(undefined)
    const wrong = faultsOf(release, entity, saving.values, { timeZone })
    if (wrong.length > 0 || isSaving) return wrong
    setSaving(true)
    const result = await saveRecord({ release, entity, ...saving, idempotencyKey: start.idempotencyKey })
    setSaving(false)
    if (result.kind === 'saved') keepSaved(result.record)
    if (result.kind === 'failed') setProblem(result.problem)
    if (result.kind === 'conflict') setConflict({ ...result, mine: saving.values })
    if (result.kind !== 'refused') return []
    setRefused(result.faults)
    return result.faults
  }
  const settle = (choices: { readonly [field: string]: 'mine' | 'theirs' }) => {
    if (conflict === undefined) return
    const settled = settleConflicts(conflict.merged, conflict.mine, choices)
    setWork({ record: conflict.record, base: valuesOf(entity, conflict.record), values: settled })
    setConflict(undefined)
  }
  return {
    values,
    changed,
    states,
    faults,
    isSaving,
    isSubmitted,
    problem,
    conflict,
    resumedAt,
    change,
    save,
    settle,
    touch: (field: string) => setTouched((known) => (known.has(field) ? known : new Set([...known, field]))),
    discard: () => reset({ ...work, values: base }),
    closeConflict: () => setConflict(undefined),
  }
}

function workOn(entity: Entity, record: JsonObject | undefined, initial?: JsonObject): Work {
  const values = record === undefined ? newValues(entity, initial) : valuesOf(entity, record)
  return { record, base: values, values }
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
