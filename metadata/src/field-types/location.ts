import { roundHalfUp } from '../expressions/decimal.ts'
import { isObject, type Json } from '../json.ts'
import { toHalfWidth } from './clean-text.ts'
import { readDecimal } from './decimal.ts'
import { defineFieldType, readAs, unreadable } from './define-field-type.ts'
import { presenceOperators } from './operators.ts'

/** A point on earth in degrees (WGS 84), `{lat, lng}`; kept to seven places, about a centimetre. */
export const location = defineFieldType({
  settings: {},
  value: () => ({
    type: 'object',
    properties: {
      lat: { type: 'number', minimum: -90, maximum: 90 },
      lng: { type: 'number', minimum: -180, maximum: 180 },
    },
    required: ['lat', 'lng'],
    additionalProperties: false,
  }),
  normalise: (value) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, degrees]) => [name, rounded(degrees)]))
      : value,
  feel: 'none',
  operators: presenceOperators,
  toText: (value) => (isObject(value) ? `${value.lat}, ${value.lng}` : ''),
  fromText: (written) => {
    const [lat, lng, ...more] = toHalfWidth(written)
      .trim()
      .split(/\s*[,;\s]\s*/)
      .map(readDecimal)
    return lat === undefined || lng === undefined || more.length > 0
      ? unreadable('text.location', `“${written}” is no location; write latitude, longitude, e.g. 37.38, 117.97.`)
      : readAs({ lat, lng })
  },
})

function rounded(degrees: Json): Json {
  return typeof degrees === 'number' ? roundHalfUp(degrees, 7) : degrees
}
