/** The page to go to after signing in: one of this app, never another site. */
export function signInTarget(wanted: unknown): string {
  return typeof wanted === 'string' && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/sign-in') ? wanted : '/'
}
