import { asTexts } from '@heddle/metadata'
import type { CellProps } from '../face.ts'
import { optionPath, optionsOf } from '../options.ts'
import { Chip } from './Chip.tsx'
import { textOf } from './TextCell.tsx'

/** One option as a chip. */
export function OptionCell({ value, field, release }: CellProps) {
  const option = optionsOf(field, release).get(textOf(value))
  return <Chip hue={option?.hue ?? 'gray'}>{option?.title ?? textOf(value)}</Chip>
}

/** Several options as chips. */
export function OptionsCell({ value, field, release }: CellProps) {
  const options = optionsOf(field, release)
  return (
    <span className="heddle-chips">
      {asTexts(value).map((key) => (
        <Chip key={key} hue={options.get(key)?.hue ?? 'gray'}>
          {options.get(key)?.title ?? key}
        </Chip>
      ))}
    </span>
  )
}

/** Free labels as chips. */
export function TagsCell({ value }: CellProps) {
  return (
    <span className="heddle-chips">
      {asTexts(value).map((tag) => (
        <Chip key={tag} hue="gray">
          {tag}
        </Chip>
      ))}
    </span>
  )
}

/** An option of a tree, the way to it on hover. */
export function OptionTreeCell({ value, field, release }: CellProps) {
  const path = optionPath(textOf(value), optionsOf(field, release))
  return <span title={path.join(' / ')}>{path.at(-1)}</span>
}
