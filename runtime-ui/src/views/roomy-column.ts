import type { Release } from '@heddle/metadata'
import { optionsOf } from '../fields/options.ts'
import type { Column } from './columns.tsx'

/** What a cell has besides its chip, and the chip besides its text, in px. */
const padding = 40
const widest = 132

/**
 * A column that is wide enough for its options: widths are declared once, but titles are longer in one language than in
 * another.
 */
export function roomy(release: Release): (column: Column) => Column {
  return (column) => {
    const options = column.field === undefined ? [] : [...optionsOf(column.field, release).values()]
    if (column.feel !== 'option' || options.length === 0) return column
    const longest = Math.max(...options.map(({ title }) => textWidth(title)))
    return { ...column, width: Math.max(column.width, Math.min(longest + padding, widest)) }
  }
}

/** About how wide a text of a chip is, in px; Chinese characters are as wide as they are high. */
function textWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e80' ? 12 : 7.2), 0)
}
