/** Width up to which the app is laid out for a phone. */
export const phoneQuery = '(max-width: 767px)'
