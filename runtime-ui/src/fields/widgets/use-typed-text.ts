import { type Json, valueOfText } from '@heddle/metadata'
import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react'
import { useFormat } from '../format-context.ts'
import { unread, unreadText } from '../unread.ts'
import type { WidgetProps } from '../widget.ts'

interface Texts {
  /** How a value is shown while nobody types. */
  readonly shown: (value: Json) => string
  /** How it is shown to someone who edits it; as shown when absent. */
  readonly edited?: (value: Json) => string
  /** What a written text means to the field type, where the widget knows more ways to write it. */
  readonly meant?: (text: string) => string
  /** Reads a text where the value is not the field's own but a part of it. */
  readonly read?: (text: string) => Json
}

type Typed = Pick<WidgetProps, 'field' | 'value' | 'onChange'>

/**
 * Lets people type a value the way its field type reads text: full-width digits, units, dates in words. While they type,
 * their text stays as it is; what cannot be read is kept as `unread`.
 */
export function useTypedText({ field, value, onChange }: Typed, { shown, edited = shown, meant, ...texts }: Texts) {
  const { timeZone } = useFormat()
  const [typed, setTyped] = useState<string>()
  const entered = useRef<HTMLInputElement | HTMLTextAreaElement>(undefined)
  // The text of a number changes when it is entered, which would leave the cursor behind it.
  useLayoutEffect(() => {
    entered.current?.select()
    entered.current = undefined
  })
  const ofField = (text: string): Json => {
    const parsed = valueOfText(field, meant?.(text) ?? text, { timeZone })
    return parsed.ok ? parsed.value : unread(text)
  }
  const { read = ofField } = texts
  const textWith = (text: (value: Json) => string) => unreadText(value) ?? (value === null ? '' : text(value))
  return {
    value: typed ?? textWith(shown),
    onFocus: ({ target }: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      const text = textWith(edited)
      setTyped(text)
      if (text === textWith(shown)) return
      entered.current = target
      requestAnimationFrame(() => target.select())
    },
    onChange: ({ target }: { readonly target: { readonly value: string } }) => {
      setTyped(target.value)
      onChange(read(target.value))
    },
    onBlur: () => setTyped(undefined),
  }
}
