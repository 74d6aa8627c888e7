import type { Entity, JsonObject, Release } from '@heddle/metadata'
import { useContext, useMemo, useState } from 'react'
import { useFormat } from '../fields/format-context.ts'
import { SessionContext } from '../shell/session-context.ts'
import { recordOf } from './record-of.ts'
import { type KnownRecord, relatedOf } from './related-records.ts'
import { steadyVerdict } from './steady-verdict.ts'
import { useKnownRecords } from './use-known-records.ts'
import { defaultedValues, judgeForm, type Verdict } from './verdict.ts'

interface Subject {
  readonly release: Release
  readonly entity: Entity
  /** As read; undefined for a new one. */
  readonly record: JsonObject | undefined
  /** What the form started with. */
  readonly base: JsonObject
  /** What people gave. */
  readonly values: JsonObject
}

/** What the metadata says about a form, worked out once per change and again when a record it reads arrives. */
export function useVerdict({ release, entity, record, base, values }: Subject) {
  const { timeZone } = useFormat()
  const user = useActor()
  const wantedOf = (given: JsonObject) => (known: KnownRecord) =>
    relatedOf(release, entity, recordOf(release, entity, given, record), known).wanted
  const { known, isComplete, readAll } = useKnownRecords(wantedOf(values))
  const judgingWith = useMemo(
    () => (records: KnownRecord) => ({
      ...{ release, entity, record, base, user, known: records },
      clock: { now: new Date(), timeZone },
    }),
    [release, entity, record, base, user, timeZone],
  )
  const [memory] = useState<{ last?: Verdict }>({})
  const verdict = useMemo(() => {
    const next = judgeForm(judgingWith(known), values)
    const { faults = [], warnings = [] } = memory.last ?? {}
    // What a rule says before the records it reads are there may be wrong.
    const told = isComplete ? next : { ...next, faults, warnings }
    memory.last = steadyVerdict(memory.last, told)
    return memory.last
  }, [judgingWith, known, isComplete, values, memory])
  const start = useMemo(
    () => (record === undefined ? defaultedValues(judgingWith(known), base) : base),
    [record, judgingWith, known, base],
  )
  return {
    verdict,
    /** What an untouched form has. */
    start,
    /** The verdict once every record that rules read is there. */
    judge: async (): Promise<Verdict> => judgeForm(judgingWith(await readAll(wantedOf(values))), values),
  }
}

/** The person who acts, as expressions know them. */
function useActor(): JsonObject | null {
  const me = useContext(SessionContext)?.me
  return useMemo(() => {
    if (me === undefined) return null
    const { id, name, roles, department = null, manager = null } = me
    return { id, name, roles: [...roles], department, manager }
  }, [me])
}
