/** A code as it is sent: apps show it with a gap in its middle. */
export function digitsOf(code: string): string {
  return code.replace(/\s/g, '')
}
