import { asObject, type Entity, type Field, type Release } from '@heddle/metadata'
import type { TFunction } from 'i18next'
import type { FieldProblem } from '../api/problem.ts'
import { placeOf } from './faults.ts'

/** A fault in the person's words: what to do about it. Faults this app has no words for keep the engine's. */
export function faultText(
  t: TFunction<'forms'>,
  { field, fault }: { field: Field | undefined; fault: FieldProblem },
): string {
  const limits = Object.fromEntries(
    Object.entries({ ...asObject(field?.value), ...asObject(field?.settings) }).filter(
      ([, value]) => typeof value === 'number' || typeof value === 'string',
    ),
  )
  const key = fault.code.replaceAll('.', '_')
  return String(
    t(`faults.${key}` as 'faults.value_required', {
      total: 100,
      unit: '',
      ...limits,
      title: field?.title ?? '',
      defaultValue: fault.message,
    }),
  )
}

/** A fault for the summary: where it is, and what to do. */
export function faultLine(
  t: TFunction<'forms'>,
  { release, entity, fault }: { readonly release: Release; readonly entity: Entity; readonly fault: FieldProblem },
): string {
  const { field, line, within } = placeOf(release, entity, fault.path)
  const text = faultText(t, { field, fault })
  if (field === undefined) return text
  const where = within === undefined || within === field ? field.title : `${within.title} ${field.title}`
  return line === undefined
    ? t('summaryLine', { title: where, text })
    : t('lines.fault', { number: line + 1, title: where, fault: text })
}
