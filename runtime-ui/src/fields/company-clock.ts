import { type FieldSource, fieldTypes, type Json, type Parsed } from '@heddle/metadata'
import dayjs, { type Dayjs } from 'dayjs'

/** What a clock in the company's `timeZone` shows at a moment, for a picker; null when the value is no moment. */
export function clockAt(moment: Json, timeZone: string): Dayjs | null {
  const text = fieldTypes.datetime.toText(moment, plain, { timeZone })
  return text === '' ? null : dayjs(text)
}

/** The moment at which a clock in `timeZone` shows what was picked, whatever zone the browser is in. */
export function momentAt(picked: Dayjs, timeZone: string): Parsed {
  return fieldTypes.datetime.fromText(picked.format('YYYY-MM-DD HH:mm:ss'), plain, { timeZone })
}

/** Moments read and write alike in every field. */
const plain: FieldSource = { source: {}, settings: {}, options: [], choices: new Map() }
