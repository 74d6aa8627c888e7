import { roundHalfUp } from '@heddle/metadata'

const units: readonly (readonly [name: string, factor: number])[] = [
  ['万亿', 1e12],
  ['亿', 1e8],
  ['万', 1e4],
]

/** `3.5万` written out as `35000`; any other text as it is. */
export function spelledOut(text: string): string {
  const written = text.trim().replace(/元$/, '')
  const unit = units.find(([name]) => written.endsWith(name))
  if (unit === undefined) return text
  const [name, factor] = unit
  const digits = written.slice(0, -name.length).normalize('NFKC').replace(/[,\s]/g, '')
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? String(roundHalfUp(Number(digits) * factor, 4)) : text
}
