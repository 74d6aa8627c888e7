import { asObject, asText, type Field, type JsonObject } from '@heddle/metadata'
import { useCallback, useMemo, useState } from 'react'
import { fieldAt } from './faults.ts'
import type { FormFault } from './validation.ts'
import type { Verdict } from './verdict.ts'

const none: readonly FormFault[] = []

/** What of a verdict is told by now: of fields people have left, after a try to save of all; and what the engine said. */
export function useToldFaults(verdict: Verdict, record: JsonObject | undefined, isChanged: boolean) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [isSubmitted, setSubmitted] = useState(false)
  const [refused, setRefused] = useState(none)
  const faults = useMemo(() => {
    const told = verdict.faults.filter((fault) => isSubmitted || touched.has(fieldAt(fault)))
    return unique([...told, ...refused])
  }, [verdict.faults, refused, isSubmitted, touched])
  const warnings = useMemo(() => {
    const isTold = (fault: FormFault) => record !== undefined || isSubmitted || touched.has(fieldAt(fault))
    return unique([...verdict.warnings.filter(isTold), ...(isChanged ? none : savedWarnings(record))])
  }, [verdict.warnings, record, isChanged, isSubmitted, touched])
  /** What the engine said of a field, or of all together, holds until something there changes. */
  const forgetRefused = (moved: readonly Field[]) =>
    setRefused((kept) => {
      const left = kept.filter((fault) => fault.path !== '' && !moved.some(({ name }) => name === fieldAt(fault)))
      return left.length === kept.length ? kept : left
    })
  const touch = useCallback(
    (field: string) => setTouched((known) => (known.has(field) ? known : new Set([...known, field]))),
    [],
  )
  return {
    ...{ faults, warnings, isSubmitted, touch, forgetRefused },
    submit: () => setSubmitted(true),
    refuse: (told: readonly FormFault[]) => setRefused(told.length === 0 ? none : told),
    forget: () => {
      setTouched(new Set())
      setSubmitted(false)
      setRefused(none)
    },
  }
}

/** What the engine found doubtful when it saved the record. */
function savedWarnings(record: JsonObject | undefined): FormFault[] {
  const { warnings } = asObject(record?._meta)
  if (!Array.isArray(warnings)) return []
  return warnings.map(asObject).map(({ path, code, message }) => ({
    path: asText(path) ?? '',
    code: asText(code) ?? '',
    message: asText(message) ?? '',
  }))
}

function unique(faults: readonly FormFault[]): readonly FormFault[] {
  return [...new Map(faults.map((fault) => [`${fault.path} ${fault.code}`, fault])).values()]
}
