const prefix = 'heddle.comment.'

/** The comment that was begun on this device and not sent. */
export function readComment(place: string): string {
  return localStorage.getItem(prefix + place) ?? ''
}

/** Keeps what is written until it is sent; a full storage loses nothing on the page. */
export function keepComment(place: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(prefix + place)
    else localStorage.setItem(prefix + place, text)
  } catch {
    console.warn('This device has no room for the comment; it stays on the page until it is left.')
  }
}
