import { isObject, type Json } from '@heddle/metadata'

const key = '_unread'

/** Stands for a value that a person wrote as `text` and that cannot be read; it is kept as written and never saved. */
export function unread(text: string): Json {
  return { [key]: text }
}

/** The text of a value made by {@link unread}, undefined for any other value. */
export function unreadText(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined
  const text = value[key]
  return typeof text === 'string' ? text : undefined
}
