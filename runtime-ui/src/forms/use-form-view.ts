import type { Entity, Field, Release } from '@heddle/metadata'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldProblem } from '../api/problem.ts'
import { faceOf } from '../fields/index.ts'
import { faultText } from './fault-text.ts'
import { faultTree, inReadingOrder, placeOf } from './faults.ts'
import { layoutOf, placesOf, shownLayout } from './layout.ts'
import { formSchema, formUi } from './rjsf-setup.ts'
import type { FieldState } from './validation.ts'

interface Viewed {
  readonly release: Release
  readonly entity: Entity
  readonly formName: string | undefined
  readonly states: ReadonlyMap<string, FieldState>
  readonly faults: readonly FieldProblem[]
}

/** What rjsf draws of a record form: the layout as it is visible now, the schema, the faults in reading order. */
export function useFormView({ release, entity, formName, states, faults }: Viewed) {
  const { t } = useTranslation('forms')
  const full = useMemo(() => {
    const titles = { basics: t('basics'), computed: t('computed') }
    return layoutOf(release, entity, { traitsOf: faceOf, titles }, formName)
  }, [release, entity, formName, t])
  const layout = useMemo(() => {
    const isShown = (field: Field) => states.get(field.name)?.isVisible !== false
    return shownLayout(full, isShown, () => true)
  }, [full, states])
  const schema = useMemo(() => formSchema(entity, states), [entity, states])
  const uiSchema = useMemo(() => formUi(entity), [entity])
  const order = useMemo(() => placesOf(layout).map(({ field }) => field.name), [layout])
  const sorted = useMemo(() => inReadingOrder(faults, order), [faults, order])
  const tree = useMemo(() => {
    const told = sorted.map((fault) => {
      const { field } = placeOf(release, entity, fault.path)
      return { path: fault.path, text: faultText(t, { field, fault }) }
    })
    return faultTree(told)
  }, [sorted, release, entity, t])
  return { layout, schema, uiSchema, order, faults: sorted, tree }
}
