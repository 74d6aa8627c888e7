import { asObject, type Entity, type Field, type Release } from '@heddle/metadata'
import type { TFunction } from 'i18next'
import { placeOf } from './faults.ts'
import type { FormFault } from './validation.ts'

interface Told {
  /** The entity whose rules speak. */
  readonly owner: Entity
  readonly field: Field | undefined
  readonly fault: FormFault
}

/**
 * A fault in the person's words: what to do about it. Of a rule the words of its definition; faults this app has no
 * words for keep the engine's.
 */
export function faultText(t: TFunction<'forms'>, { owner, field, fault }: Told): string {
  const limits = Object.fromEntries(
    Object.entries({ ...asObject(field?.value), ...asObject(field?.settings) }).filter(
      ([, value]) => typeof value === 'number' || typeof value === 'string',
    ),
  )
  const key = fault.isMissing ? 'value_required' : fault.code.replaceAll('.', '_')
  return String(
    t(`faults.${key}` as 'faults.value_required', {
      total: 100,
      unit: '',
      ...limits,
      title: field?.title ?? '',
      defaultValue: ruleText(owner, fault.code) ?? fault.message,
    }),
  )
}

function ruleText(owner: Entity, code: string): string | undefined {
  return owner.rules.find(({ id }) => `rule.${id}` === code)?.error
}

/** A fault for the summary: where it is, and what to do. */
export function faultLine(
  t: TFunction<'forms'>,
  { release, entity, fault }: { readonly release: Release; readonly entity: Entity; readonly fault: FormFault },
): string {
  const { field, line, within, owner } = placeOf(release, entity, fault.path)
  const text = faultText(t, { owner, field, fault })
  if (field === undefined) return text
  const where = within === undefined || within === field ? field.title : `${within.title} ${field.title}`
  return line === undefined
    ? t('summaryLine', { title: where, text })
    : t('lines.fault', { number: line + 1, title: where, fault: text })
}
