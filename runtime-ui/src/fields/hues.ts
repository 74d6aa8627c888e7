/** The colours options may have; each has a contrast of 4.5 as a chip. */
export const hues = [
  'gray',
  'red',
  'volcano',
  'orange',
  'gold',
  'lime',
  'green',
  'cyan',
  'blue',
  'geekblue',
  'purple',
  'magenta',
] as const

/** A colour of an option. */
export type Hue = (typeof hues)[number]

/** The colour of that name, gray when there is none. */
export function hueOf(name: unknown): Hue {
  return hues.find((hue) => hue === name) ?? 'gray'
}
