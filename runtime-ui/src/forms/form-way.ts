import { createContext } from 'react'

/** The forms that lead to this one, as part of a draft's name; empty for the form of a page. */
export const FormWayContext = createContext('')

/** The way to what is made in passing from the form of that record. */
export function wayFrom(way: string, entity: string, id: string): string {
  return `${way}${entity}.${id}>`
}
