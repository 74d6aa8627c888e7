import type { JsonObject } from '@heddle/metadata'

const digits = '一二三四五六七八九十'
const months = ['正月', ...[...digits].slice(1).map((digit) => `${digit}月`), '冬月', '腊月']

/** `闰六月初三`: a day of the Chinese calendar as it is written. */
export function lunarText({ month, day, leap }: JsonObject): string {
  return `${leap === true ? '闰' : ''}${months[Number(month) - 1] ?? ''}${dayText(Number(day))}`
}

function dayText(day: number): string {
  const unit = digits.charAt((day - 1) % 10)
  if (day <= 10) return `初${unit}`
  if (day < 20) return `十${unit}`
  if (day === 20) return '二十'
  return day === 30 ? '三十' : `廿${unit}`
}
