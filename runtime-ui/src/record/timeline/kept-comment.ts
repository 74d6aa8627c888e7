import { deviceStore } from '../../device-store.ts'

const prefix = 'heddle.comment.'

/** The comment that was begun on this device and not sent. */
export function readComment(place: string): string {
  return deviceStore.getItem(prefix + place) ?? ''
}

/** Keeps what is written until it is sent. */
export function keepComment(place: string, text: string): void {
  if (text === '') deviceStore.removeItem(prefix + place)
  else deviceStore.setItem(prefix + place, text)
}
