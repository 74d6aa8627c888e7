import type { WidgetProps } from '../widget.ts'

/** What every input gets from a widget's props: its id, its texts for assistive technology, its state. */
export function inputProps({ id, isRequired, isInvalid, describedBy, label, place, autoFocus }: WidgetProps) {
  return {
    id,
    'aria-required': isRequired || undefined,
    'aria-invalid': isInvalid || undefined,
    'aria-describedby': describedBy,
    'aria-label': label,
    autoFocus: autoFocus ?? false,
    ...(isInvalid ? ({ status: 'error' } as const) : {}),
    ...(place === 'cell' ? ({ variant: 'borderless' } as const) : {}),
  }
}
