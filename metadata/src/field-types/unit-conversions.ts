import { toHalfWidth } from './clean-text.ts'

/**
 * A unit as a multiple of its dimension's base unit: `numerator / denominator` of it, both exact. `names` are other ways
 * people write it.
 */
interface Unit {
  readonly dimension: 'length' | 'mass' | 'area' | 'mass per area'
  readonly numerator: number
  readonly denominator: number
  readonly names: readonly string[]
}

/*
 * Sources: SI prefixes are exact. Yard (0.9144 m, so 1 inch = 25.4 mm) and pound (0.45359237 kg, so 1 oz =
 * 28.349523125 g) by the international agreement of 1959: NIST Special Publication 811 (2008), appendix B.
 * 1 yd2 = 0.9144² m² = 0.83612736 m², 1 oz/yd2 = 28.349523125 / 0.83612736 g/m².
 */
const units: { readonly [unit: string]: Unit } = {
  m: { dimension: 'length', numerator: 1, denominator: 1, names: ['米', 'metre', 'meter'] },
  cm: { dimension: 'length', numerator: 1, denominator: 100, names: ['厘米', '公分'] },
  mm: { dimension: 'length', numerator: 1, denominator: 1000, names: ['毫米'] },
  inch: { dimension: 'length', numerator: 254, denominator: 10_000, names: ['in', '"', '”', '″', '英寸', '吋'] },
  yd: { dimension: 'length', numerator: 9144, denominator: 10_000, names: ['码', 'yard', 'yards', 'yds'] },
  g: { dimension: 'mass', numerator: 1, denominator: 1, names: ['克'] },
  kg: { dimension: 'mass', numerator: 1000, denominator: 1, names: ['千克', '公斤'] },
  t: { dimension: 'mass', numerator: 1_000_000, denominator: 1, names: ['吨'] },
  oz: { dimension: 'mass', numerator: 28_349_523_125, denominator: 1_000_000_000, names: ['盎司'] },
  lb: { dimension: 'mass', numerator: 45_359_237, denominator: 100_000, names: ['磅', 'lbs'] },
  m2: { dimension: 'area', numerator: 1, denominator: 1, names: ['m²', '㎡', '平方米', '平米'] },
  yd2: { dimension: 'area', numerator: 83_612_736, denominator: 100_000_000, names: ['yd²', '平方码'] },
  'g/m2': { dimension: 'mass per area', numerator: 1, denominator: 1, names: ['g/m²', 'g/㎡', 'gsm', '克/平方米'] },
  'oz/yd2': {
    dimension: 'mass per area',
    numerator: 28_349_523_125,
    denominator: 836_127_360,
    names: ['oz/yd²', '盎司/平方码'],
  },
}

/** `value` in another unit of the same dimension, undefined when there is no fixed factor between the two. */
export function convertUnit(value: number, from: string, to: string): number | undefined {
  if (from === to) return value
  const source = units[from]
  const target = units[to]
  if (source === undefined || target === undefined || source.dimension !== target.dimension) return undefined
  return (value * source.numerator * target.denominator) / (source.denominator * target.numerator)
}

/** The units that entry in `unit` can be converted from or to, itself left out. */
export function unitsLike(unit: string): string[] {
  const dimension = units[unit]?.dimension
  return Object.keys(units).filter((name) => name !== unit && units[name]?.dimension === dimension)
}

/** Whether `text` is a way to write `unit`. */
export function isNameOfUnit(text: string, unit: string): boolean {
  const written = comparable(text)
  return comparable(unit) === written || (units[unit]?.names ?? []).some((name) => comparable(name) === written)
}

function comparable(name: string): string {
  return toHalfWidth(name).trim().toLowerCase().replaceAll('²', '2').replaceAll('㎡', 'm2')
}
