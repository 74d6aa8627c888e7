import { theme } from 'antd'
import { expect, it } from 'vitest'
import { hues } from './fields/hues.ts'
import { readablePrimary, themeOf } from './theme.ts'

it.each(['#2E7D32', '#FADB14', '#FFFFFF', '#52c41a', '#000000'])('%s becomes readable with white text', (colour) => {
  expect(contrast(readablePrimary(colour), '#ffffff')).toBeGreaterThanOrEqual(4.5)
})

it('a colour that is readable already stays as it is', () => {
  expect(readablePrimary('#2456c9')).toBe('#2456c9')
})

it('the primary colour is readable on what is chosen', () => {
  const { colorPrimary, colorPrimaryBg } = theme.getDesignToken(themeOf('#FADB14', 'full'))
  expect(contrast(colorPrimary, colorPrimaryBg)).toBeGreaterThanOrEqual(4.5)
})

it('what is told for information stands on the tint of the chosen, in every company colour', () => {
  const { colorInfoBg, colorPrimaryBg, colorText } = theme.getDesignToken(themeOf('#1B5E20', 'full'))
  expect(colorInfoBg).toBe(colorPrimaryBg)
  expect(contrast(colorText, colorInfoBg)).toBeGreaterThanOrEqual(7)
})

it.each(hues.filter((hue) => hue !== 'gray'))('a %s chip is readable', (hue) => {
  const token = theme.getDesignToken()
  const step = hue === 'gold' || hue === 'lime' ? 9 : 8
  expect(contrast(token[`${hue}${step}`], token[`${hue}1`])).toBeGreaterThanOrEqual(4.5)
})

/** Contrast as WCAG 2.2 defines it. */
function contrast(dark: string, light: string): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  return (luminance(light) + 0.05) / (luminance(dark) + 0.05)
}
