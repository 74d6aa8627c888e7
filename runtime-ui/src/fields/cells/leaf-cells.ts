import type { Cell } from '../face.ts'
import { EmailCell, PhoneCell, UrlCell } from './ContactCell.tsx'
import { MeasureCell, MoneyCell, NumberCell, PercentCell } from './NumberCell.tsx'
import { OptionCell, OptionsCell, OptionTreeCell, TagsCell } from './OptionCell.tsx'
import { DepartmentCell, LinesCell, LinksCell, LookupCell, PersonCell, PolymorphicCell } from './ReferenceCell.tsx'
import { AddressCell, BooleanCell, BreakdownCell, FileCell, ImageCell, LocationCell, RatingCell } from './ShapeCell.tsx'
import { CodeCell, JsonCell, RichTextCell, TextCell } from './TextCell.tsx'
import { ClockCell, DateCell, DurationCell, LunarDateCell, MomentCell } from './TimeCell.tsx'

/** The cells of the field types whose values are not made of other fields' values. */
export const leafCells = {
  text: TextCell,
  'long-text': TextCell,
  'rich-text': RichTextCell,
  email: EmailCell,
  phone: PhoneCell,
  url: UrlCell,
  integer: NumberCell,
  number: NumberCell,
  percent: PercentCell,
  money: MoneyCell,
  measure: MeasureCell,
  boolean: BooleanCell,
  date: DateCell,
  datetime: MomentCell,
  time: ClockCell,
  duration: DurationCell,
  'lunar-date': LunarDateCell,
  select: OptionCell,
  'multi-select': OptionsCell,
  tags: TagsCell,
  'option-tree': OptionTreeCell,
  lookup: LookupCell,
  lines: LinesCell,
  'many-to-many': LinksCell,
  'polymorphic-lookup': PolymorphicCell,
  user: PersonCell,
  department: DepartmentCell,
  file: FileCell,
  image: ImageCell,
  address: AddressCell,
  location: LocationCell,
  autonumber: CodeCell,
  breakdown: BreakdownCell,
  rating: RatingCell,
  barcode: CodeCell,
  json: JsonCell,
  'encrypted-text': CodeCell,
} as const satisfies { readonly [type: string]: Cell }

const byType: ReadonlyMap<string, Cell> = new Map(Object.entries(leafCells))

/** The cell of such a type, plain text for any other. */
export function leafCellOf(type: string): Cell {
  return byType.get(type) ?? TextCell
}
