import type { Json } from '@heddle/metadata'

/** A SQL text literal: statements of a plan and bodies of triggers take no parameters. */
export function textLiteral(text: string): string {
  const doubled = text.replaceAll("'", "''")
  return doubled.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`
}

/** A SQL array of texts. */
export function textsLiteral(texts: readonly string[]): string {
  return `array[${texts.map(textLiteral).join(', ')}]::text[]`
}

/** A SQL jsonb literal. */
export function jsonLiteral(value: Json): string {
  return `${textLiteral(JSON.stringify(value))}::jsonb`
}
