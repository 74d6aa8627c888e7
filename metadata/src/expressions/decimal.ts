/** Decimal places to which a number is rounded when its own are unknown, as after a division. */
export const inexactScale = 8

/**
 * Rounds half away from zero in decimal, as SQL's numeric does. The first 15 significant digits count, so 1.005, which
 * a double cannot hold, rounds to 1.01.
 */
export function roundHalfUp(value: number, scale: number): number {
  return onDigits(value, scale, Math.round)
}

export function roundHalfDown(value: number, scale: number): number {
  return onDigits(value, scale, (digits) => Math.ceil(digits - 0.5))
}

export function roundHalfEven(value: number, scale: number): number {
  return onDigits(value, scale, (digits) => {
    const whole = Math.floor(digits)
    return digits - whole === 0.5 ? whole + (whole % 2) : Math.round(digits)
  })
}

export function roundUp(value: number, scale: number): number {
  return onDigits(value, scale, Math.ceil)
}

export function roundDown(value: number, scale: number): number {
  return onDigits(value, scale, Math.floor)
}

/** The remainder with the sign of the divisor, exact for numbers of that scale; null when divided by zero. */
export function modulo(dividend: number, divisor: number, scale: number): number | null {
  const power = 10 ** scale
  const by = Math.round(roundHalfUp(divisor, scale) * power)
  const value = Math.round(roundHalfUp(dividend, scale) * power)
  if (by === 0) return null
  return (((value % by) + by) % by) / power
}

/** The number's plain decimal text, without trailing zeros. */
export function decimalText(value: number, scale: number): string {
  const fixed = roundHalfUp(value, scale).toFixed(scale)
  const trimmed = fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed
  return trimmed === '-0' ? '0' : trimmed
}

function onDigits(value: number, scale: number, round: (digits: number) => number): number {
  const power = 10 ** scale
  const shifted = Math.abs(value) * power
  // Its 15 digits end before that place: there is nothing to round.
  if (shifted >= 1e15) return value
  const digits = Number(shifted.toPrecision(15))
  const rounded = round(digits) / power
  return value < 0 && rounded !== 0 ? -rounded : rounded + 0
}
