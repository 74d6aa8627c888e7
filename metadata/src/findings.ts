/** What validation says of a definition; `path` is the JSON Pointer inside the definition's body. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'question'
  /** kind/name of the definition. */
  readonly address: string
  readonly path: string
  /** Stable dotted code, e.g. `field.type.unknown`. */
  readonly code: string
  /** One sentence: what is wrong and what would be right. */
  readonly message: string
  readonly hint?: string
}

/** Collects the findings of one definition. */
export interface Reporter {
  error(path: string, code: string, message: string, hint?: string): void
  warning(path: string, code: string, message: string, hint?: string): void
}

/** A reporter that appends to `findings`. */
export function reporterFor(address: string, findings: Finding[]): Reporter {
  const report = (severity: Finding['severity']) => (path: string, code: string, message: string, hint?: string) =>
    void findings.push({ severity, address, path, code, message, ...(hint === undefined ? {} : { hint }) })
  return { error: report('error'), warning: report('warning') }
}
