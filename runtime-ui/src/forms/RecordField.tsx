import { asObject, type Json } from '@heddle/metadata'
import type { FieldPathId, FieldProps, FieldTemplateProps } from '@rjsf/utils'
import { createElement, type FocusEvent, memo, useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { FieldFrame, textIds } from '../fields/FieldFrame.tsx'
import { faceIn, faceOf } from '../fields/index.ts'
import type { WidgetProps } from '../fields/widget.ts'
import { ShownValue } from '../fields/widgets/ComputedWidget.tsx'
import { useFormSurroundings } from './form-context.ts'
import { placesOf } from './layout.ts'

/** Widgets are drawn again only when something they show changed. */
const SteadyWidget = memo(function SteadyWidget({ props }: { readonly props: WidgetProps }) {
  const face = faceIn(props.entity, props.field)
  const Shown = props.isReadOnly && !face.showsReadOnly ? ShownValue : face.Widget
  return createElement(Shown, props)
})

/** The rjsf field of every property: hands the value to the widget of its field type. */
export function RecordField({
  name,
  formData,
  onChange,
  fieldPathId,
  rawErrors,
  errorSchema,
  required = false,
}: FieldProps) {
  const { release, entity, states, lineStates, isReadOnly, values, layout, warnings } = useFormSurroundings()
  const field = entity.fields.get(name)
  const state = states.get(name)
  const value: Json = formData ?? null
  const change = useSteadyChange(onChange, fieldPathId)
  const columns = useMemo(() => placesOf(layout).find((place) => place.field.name === name)?.columns, [layout, name])
  // Widgets know nothing of the values around them but the currency and the labels of lookups.
  const { currency = null, _related = null } = values
  const around = useMemo(() => ({ currency, _related: asObject(_related) }), [currency, _related])
  const hasFaults = (rawErrors ?? []).length > 0
  const texts = textIds(fieldPathId.$id)
  const describedBy = hasFaults ? texts.fault : warnings.has(name) ? texts.doubt : undefined
  const props = useMemo(
    (): WidgetProps | undefined =>
      field && {
        id: fieldPathId.$id,
        field,
        entity,
        release,
        value,
        record: around,
        onChange: change,
        place: 'form',
        isRequired: required,
        isReadOnly: isReadOnly || (state?.isReadOnly ?? false),
        isInvalid: hasFaults,
        describedBy,
        options: state?.options,
        errors: errorSchema,
        columns,
        lineStates,
      },
    [
      field,
      fieldPathId,
      entity,
      release,
      value,
      around,
      change,
      required,
      isReadOnly,
      state,
      hasFaults,
      describedBy,
      errorSchema,
      columns,
      lineStates,
    ],
  )
  return props === undefined ? null : <SteadyWidget props={props} />
}

/** The rjsf template around every field: label, help, error. */
export function RecordFieldTemplate({
  id,
  rawErrors,
  required,
  rawDescription,
  fieldPathId,
  children,
}: FieldTemplateProps) {
  const { entity, states, isReadOnly, warnings, onTouch } = useFormSurroundings()
  const name = String(fieldPathId.path.at(-1) ?? '')
  const field = entity.fields.get(name)
  if (field === undefined) return children
  const face = faceOf(field)
  const isShown = isReadOnly || (states.get(name)?.isReadOnly ?? false)
  const leave = (event: FocusEvent) => {
    // Of one input, leaving it for the button beside it is leaving; of several, they are one field.
    const isInside = face.isComposite === true && event.currentTarget.contains(event.relatedTarget)
    if (!isInside) onTouch(name)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the focus leaving the field inside
    <div onBlur={leave}>
      <FieldFrame
        id={id}
        label={field.title}
        help={rawDescription}
        faults={rawErrors ?? []}
        doubts={warnings.get(name) ?? []}
        isRequired={(required ?? false) && !isShown}
        isSingle={!isShown && face.isComposite !== true}
      >
        {children}
      </FieldFrame>
    </div>
  )
}

/** A change handler that stays the same, so that widgets need not be drawn for it. */
function useSteadyChange(onChange: FieldProps['onChange'], { path, $id }: FieldPathId): WidgetProps['onChange'] {
  const latest = useRef(onChange)
  useLayoutEffect(() => {
    latest.current = onChange
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is a new array each time, its id says when it differs
  return useCallback(
    (value, related) => {
      latest.current(value, path)
      if (related !== undefined) latest.current(related, ['_related', ...path])
    },
    [$id],
  )
}
