import type { Locale } from '../../i18n/locale.ts'
import { formatNumber } from '../format.ts'

const units = ['B', 'KB', 'MB', 'GB'] as const

/** A number of bytes as people say it. */
export function formatSize(bytes: number, locale: Locale): string {
  const step = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), units.length - 1)
  const value = bytes / 1024 ** step
  return `${formatNumber(Math.round(value * 10) / 10, locale)} ${units[step]}`
}
