import type { TFunction } from 'i18next'

const units = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const
const form = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** The parts of an ISO 8601 duration that are not zero, largest first; none when it is no duration. */
function durationParts(duration: string): { unit: (typeof units)[number]; count: number }[] {
  const counts = form.exec(duration)?.slice(1) ?? []
  return units.flatMap((unit, index) => {
    const count = Number(counts[index] ?? 0)
    return count === 0 ? [] : { unit, count }
  })
}

/** A length of time in words; as it is written when it is no duration. */
export function durationText(duration: string, t: TFunction): string {
  const parts = durationParts(duration)
  return parts.length === 0 ? duration : parts.map(({ unit, count }) => t(`duration.${unit}`, { count })).join(' ')
}
