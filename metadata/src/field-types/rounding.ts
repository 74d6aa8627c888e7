/**
 * Rounds half away from zero to `scale` decimal places, on the decimal digits that the number shows, so that 1.005 at
 * two places is 1.01. A number too large to have digits there stays as it is.
 */
export function roundHalfUp(value: number, scale: number): number {
  const shifted = shift(Math.abs(value), scale)
  if (!Number.isFinite(shifted) || shifted > Number.MAX_SAFE_INTEGER) return value
  const rounded = shift(Math.round(shifted), -scale)
  return value < 0 && rounded !== 0 ? -rounded : rounded
}

/** `value` times ten to the power of `places`, without binary error. */
function shift(value: number, places: number): number {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  return Number(`${mantissa}e${Number(exponent) + places}`)
}
