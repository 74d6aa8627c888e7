import type { JsonObject } from '@heddle/metadata'

/**
 * The idempotency key of what a form creates: the same for the same body, so that a creation that was never answered
 * can be sent again; another one as soon as the body differs, because it is another creation.
 */
export function creationKey(form: string, body: JsonObject): string {
  return `${form}-${digest(JSON.stringify(body))}`
}

/** FNV-1a with 64 bits: web pages have the cryptographic ones only over TLS. */
function digest(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const unit of text) hash = BigInt.asUintN(64, (hash ^ BigInt(unit.codePointAt(0) ?? 0)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}
