import type { FieldType } from '@heddle/metadata'
import type { Cast, CastContext } from './cast.ts'
import { attachmentToAttachment } from './cast-attachments.ts'
import * as options from './cast-options.ts'
import * as moments from './cast-to-moment.ts'
import * as numbers from './cast-to-number.ts'
import * as texts from './cast-to-text.ts'

const fromWriting = (cast: Cast) => ({
  text: cast,
  'long-text': cast,
  email: cast,
  phone: cast,
  url: cast,
  barcode: cast,
  autonumber: cast,
})

const fromNumbers = (cast: Cast) => ({
  integer: cast,
  number: cast,
  percent: cast,
  money: cast,
  measure: cast,
  rating: cast,
})

const toText = {
  ...fromWriting(texts.fromText),
  ...fromNumbers(texts.fromNumber),
  'rich-text': texts.fromMarkup,
  boolean: texts.fromBoolean,
  date: texts.fromDate,
  datetime: texts.fromDatetime,
  time: texts.fromTime,
  duration: texts.fromText,
  select: texts.fromOption,
  'option-tree': texts.fromOption,
  'multi-select': texts.fromTexts,
  tags: texts.fromTexts,
}

const toNumber = {
  ...fromWriting(numbers.textToNumber),
  ...fromNumbers(numbers.numberToNumber),
  boolean: numbers.booleanToNumber,
}

const toOption = {
  ...fromWriting(options.textToOption),
  integer: options.numberToOption,
  rating: options.numberToOption,
  select: options.optionToOption,
  'option-tree': options.optionToOption,
  'multi-select': options.listToOption,
  tags: options.listToOption,
}

/**
 * The type changes that keep data, by new and old type. No value is changed beyond its form: what would be rounded, cut or
 * guessed is impossible and its row fails. Only datetime → date gives something up, the time of day, because that is what
 * is asked for. Barcodes and references have no casts: check digits and records cannot be found out in SQL.
 *
 * | to | from |
 * |---|---|
 * | text, long text | texts as they are, cut nowhere; numbers by digits; yes/no as 是/否; dates ISO, date-times in the company's zone; options by title |
 * | rich text | texts, a paragraph per line |
 * | e-mail, url, phone | texts of that form |
 * | numbers | texts that are numbers; numbers that need no rounding and keep the bounds; yes/no as 1/0 |
 * | boolean | texts such as 是, no, 1; numbers 1 and 0 |
 * | date, time, datetime | texts in the forms of imports; date ↔ datetime in the company's zone |
 * | select, option tree | texts, numbers and lists of one entry that name an option by key or unique title |
 * | multi-select | one option; lists and listing texts of options only |
 * | tags | options by title; listing texts |
 * | file, image | one ↔ a list of one; pictures are files |
 */
export const casts = {
  text: { ...toText, 'long-text': texts.fromLines, 'rich-text': texts.fromMarkupLine },
  'long-text': toText,
  'rich-text': fromWriting(texts.toMarkup),
  email: fromWriting(texts.toEmail),
  url: fromWriting(texts.toUrl),
  phone: fromWriting(texts.toPhone),
  integer: toNumber,
  number: toNumber,
  percent: toNumber,
  money: toNumber,
  measure: toNumber,
  rating: toNumber,
  boolean: { ...fromWriting(numbers.textToBoolean), ...fromNumbers(numbers.numberToBoolean) },
  date: { ...fromWriting(moments.textToDate), datetime: moments.datetimeToDate },
  datetime: { ...fromWriting(moments.textToDatetime), date: moments.dateToDatetime },
  time: fromWriting(moments.textToTime),
  select: toOption,
  'option-tree': toOption,
  'multi-select': {
    ...fromWriting(options.textToList),
    select: options.optionToList,
    'option-tree': options.optionToList,
    tags: options.listToList,
  },
  tags: {
    ...fromWriting(options.textToWords),
    select: options.optionToWords,
    'option-tree': options.optionToWords,
    'multi-select': options.listToWords,
  },
  file: { file: attachmentToAttachment, image: attachmentToAttachment },
  image: { image: attachmentToAttachment },
} as const satisfies { [To in FieldType]?: { [From in FieldType]?: Cast } }

const byTarget: { readonly [to: string]: { readonly [from: string]: Cast } } = casts

/** The SQL of a type change for one column. */
export interface CastSql {
  /** The value in its new type, null where there is none. */
  readonly value: string
  /** True in rows whose value cannot be kept. */
  readonly fails: string
}

/** How values of a column get from one field to another type's; undefined when there is no way. */
export function castFrom(column: string, context: CastContext): CastSql | undefined {
  const cast = byTarget[context.to.type]?.[context.from.type]
  if (cast === undefined) return undefined
  const value = cast(column, context)
  return { value, fails: `${column} is not null and (${value}) is null` }
}
