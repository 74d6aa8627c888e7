import type { JsonObject } from '@heddle/metadata'
import { verbs } from '../access/grant.ts'
import { defineBody } from '../http/body-shape.ts'

/** Long enough for every password that can be set. */
const given: JsonObject = { type: 'string', minLength: 1, maxLength: 128 }

/** Whoever changes something that protects the account shows that they know its password. */
export const passwordGiven = defineBody({ password: given }, ['password'])

/** A code of six digits, or a backup code. */
export const codeGiven = defineBody({ code: { type: 'string', minLength: 6, maxLength: 20 } }, ['code'])

/** A new password, and the one before it. */
export const passwordChange = defineBody(
  { current: given, password: { type: 'string', minLength: 10, maxLength: 128 } },
  ['current', 'password'],
)

const scopes: JsonObject = {
  type: ['object', 'null'],
  description: 'The verbs that the key may use at most, by entity; `*` stands for all that are not named.',
  maxProperties: 500,
  additionalProperties: { type: 'array', uniqueItems: true, items: { enum: [...verbs] } },
}

/** An API key to make. */
export const newApiKey = defineBody(
  {
    name: { type: 'string', minLength: 1, maxLength: 100, pattern: '\\S' },
    roles: { type: 'array', minItems: 1, maxItems: 50, uniqueItems: true, items: { type: 'string' } },
    scopes,
    expiresAt: { type: ['string', 'null'], format: 'date-time' },
  },
  ['name', 'roles'],
)
