/**
 * Whether a version is in a range as manifests write it: `^1.2` the same major and not older (below 1.0 the same minor),
 * `~1.2` the same minor and not older, `1.2` any version that begins so.
 */
export function isInRange(version: string, range: string): boolean {
  const have = numbersOf(version)
  const want = numbersOf(range)
  const fixed = fixedParts(range, want)
  const agrees = want.slice(0, fixed).every((part, at) => part === have[at])
  return agrees && isNotOlder(have, want)
}

function numbersOf(text: string): number[] {
  return text
    .replace(/^[\^~]/, '')
    .split('.')
    .map(Number)
}

/** How many leading parts must be the same. */
function fixedParts(range: string, want: readonly number[]): number {
  if (range.startsWith('^')) return want[0] === 0 ? Math.min(2, want.length) : 1
  return range.startsWith('~') ? Math.min(2, want.length) : want.length
}

function isNotOlder(have: readonly number[], want: readonly number[]): boolean {
  const at = want.findIndex((part, index) => part !== have[index])
  return at < 0 || (have[at] ?? 0) > (want[at] ?? 0)
}
