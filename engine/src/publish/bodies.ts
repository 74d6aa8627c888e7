import type { JsonObject } from '@heddle/metadata'
import { defineBody } from '../http/body-shape.ts'

const text: JsonObject = { type: 'string' }
const addresses: JsonObject = { type: 'array', minItems: 1, uniqueItems: true, items: text }

/** A wanted definition, or the wish to remove it or bring it back. */
export const draftBody = defineBody({ body: { type: 'object' }, removed: { type: 'boolean' } })

/** Which drafts to plan; all when none are named. */
export const planBody = defineBody({ only: addresses })

/** The plan that was read, and what is accepted of it. The hash knows which drafts it is about. */
export const publishBody = defineBody(
  {
    planHash: text,
    only: addresses,
    accept: { type: 'array', uniqueItems: true, items: { enum: ['guarded', 'destructive'] } },
    confirm: { anyOf: [text, { type: 'array', uniqueItems: true, items: text }] },
  },
  ['planHash'],
)

/** Hidden data to lose for good. */
export const purgeBody = defineBody({ address: text, confirm: text }, ['address'])
