import type { Entity, Field, FieldState, JsonObject, Release } from '@heddle/metadata'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../fields/format-context.ts'
import { faceOf } from '../fields/index.ts'
import { faultLine, faultText } from './fault-text.ts'
import { faultTree, fieldAt, inReadingOrder, placeOf } from './faults.ts'
import { formCondition } from './form-condition.ts'
import { type Layout, layoutOf, placesOf, shownLayout } from './layout.ts'
import { formSchema, formUi } from './rjsf-setup.ts'
import type { FormFault } from './validation.ts'

interface Viewed {
  readonly release: Release
  readonly entity: Entity
  readonly formName: string | undefined
  readonly states: ReadonlyMap<string, FieldState>
  /** The record as expressions see it. */
  readonly context: JsonObject
  readonly faults: readonly FormFault[]
  readonly warnings: readonly FormFault[]
}

/** What rjsf draws of a record form: the layout as it is visible now, the schema, the faults in reading order. */
export function useFormView({ release, entity, formName, states, context, faults, warnings }: Viewed) {
  const { t } = useTranslation('forms')
  const full = useMemo(() => {
    const titles = { basics: t('basics'), computed: t('computed') }
    return layoutOf(release, entity, { traitsOf: faceOf, titles }, formName)
  }, [release, entity, formName, t])
  const layout = useVisibleLayout(full, { release, entity, states, context, faults })
  const schema = useMemo(() => formSchema(entity, states), [entity, states])
  const uiSchema = useMemo(() => formUi(entity), [entity])
  const order = useMemo(() => placesOf(layout).map(({ field }) => field.name), [layout])
  const sorted = useMemo(() => inReadingOrder(faults, order), [faults, order])
  const tree = useMemo(() => {
    const told = sorted.map((fault) => {
      const { field, owner } = placeOf(release, entity, fault.path)
      return { path: fault.path, text: faultText(t, { owner, field, fault }) }
    })
    return faultTree(told)
  }, [sorted, release, entity, t])
  const doubts = useMemo(() => {
    const texts = new Map<string, string[]>()
    for (const fault of warnings) {
      const { field, owner, line } = placeOf(release, entity, fault.path)
      const told = line === undefined ? faultText(t, { owner, field, fault }) : faultLine(t, { release, entity, fault })
      texts.set(fieldAt(fault), [...(texts.get(fieldAt(fault)) ?? []), told])
    }
    return texts
  }, [warnings, release, entity, t])
  return { layout, schema, uiSchema, order, faults: sorted, tree, doubts }
}

/**
 * The parts that are visible for the record as it is. A hidden one with a fault stays, or nobody could put it right.
 * The same layout as before while nothing came or went.
 */
function useVisibleLayout(
  full: Layout,
  { release, entity, states, context, faults }: Omit<Viewed, 'formName' | 'warnings'>,
): Layout {
  const { timeZone } = useFormat()
  const faulty = useMemo(() => new Set(faults.map(fieldAt)), [faults])
  const conditions = useMemo(() => conditionsOf(full), [full])
  const held = conditions.map((text) => {
    const holds = formCondition(release, entity, text)(context, { now: new Date(), timeZone })
    return holds ? '1' : '0'
  })
  const key = held.join('')
  return useMemo(() => {
    const isShown = ({ name }: Field) => states.get(name)?.isVisible !== false || faulty.has(name)
    const holds = (condition: string) => key[conditions.indexOf(condition)] === '1'
    return shownLayout(full, { isShown, holds, isDemanded: ({ name }) => faulty.has(name) })
  }, [full, conditions, states, faulty, key])
}

function conditionsOf(layout: Layout): string[] {
  const parts = layout.flatMap((tab) => [tab, ...tab.sections])
  return [...new Set(parts.flatMap(({ visible }) => visible ?? []))]
}
