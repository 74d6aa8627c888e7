/**
 * Rounds half away from zero to `scale` decimal places, on the decimal digits that the number shows, so that 1.005 at
 * two places is 1.01. A number too large to have digits there stays as it is.
 */
export function roundHalfUp(value: number, scale: number): number {
  if (scale >= 0 && decimalsOf(value) <= scale) return value + 0
  const shifted = shift(Math.abs(value), scale)
  if (!Number.isFinite(shifted) || shifted > Number.MAX_SAFE_INTEGER) return value
  const rounded = shift(Math.round(shifted), -scale)
  return value < 0 && rounded !== 0 ? -rounded : rounded
}

/** How many decimal places the number shows; infinitely many when it shows none at all. */
function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0
  const text = String(value)
  return text.includes('e') ? Number.POSITIVE_INFINITY : text.length - text.indexOf('.') - 1
}

/** `value` times ten to the power of `places`, without binary error. */
function shift(value: number, places: number): number {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  return Number(`${mantissa}e${Number(exponent) + places}`)
}
