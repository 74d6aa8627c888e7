import { asObject, asText, type Field, isObject } from '@heddle/metadata'
import { createElement } from 'react'
import { FieldFrame, textIds } from '../FieldFrame.tsx'
import { firstFault } from '../first-fault.ts'
import type { WidgetProps } from '../widget.ts'
import { ShownValue } from './ComputedWidget.tsx'
import { leafFaceOf } from './leaf-faces.ts'

/** The sub-fields of a group, each with its own label and error. */
export function GroupWidget(props: WidgetProps) {
  return (
    <fieldset className="heddle-group" aria-labelledby={textIds(props.id).label}>
      {[...props.field.fields.values()].map((part, index) => (
        <Part key={part.name} {...props} part={part} partId={index === 0 ? props.id : `${props.id}-${part.name}`} />
      ))}
    </fieldset>
  )
}

function Part({ part, partId, ...props }: WidgetProps & { readonly part: Field; readonly partId: string }) {
  const { value, onChange, errors, isReadOnly } = props
  const values = asObject(value)
  const face = leafFaceOf(part)
  const fault = firstFault(isObject(errors) ? errors[part.name] : undefined)
  return (
    <div className={face.isWide ? 'heddle-group-wide' : undefined}>
      <FieldFrame
        id={partId}
        label={part.title}
        help={asText(part.source.description)}
        faults={fault === undefined ? [] : [fault]}
        isRequired={part.isRequired && !isReadOnly}
        isSingle={face.isComposite !== true && !isReadOnly}
      >
        {createElement(isReadOnly ? ShownValue : face.Widget, {
          ...props,
          id: partId,
          field: part,
          value: values[part.name] ?? null,
          record: values,
          onChange: (next) => onChange({ ...values, [part.name]: next }),
          isRequired: part.isRequired,
          isInvalid: fault !== undefined,
          describedBy: fault === undefined ? undefined : textIds(partId).fault,
          options: undefined,
        })}
      </FieldFrame>
    </div>
  )
}
