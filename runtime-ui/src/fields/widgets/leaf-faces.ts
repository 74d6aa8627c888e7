import './widgets.css'
import type { FieldTraits, Widget } from '../widget.ts'
import { BreakdownWidget } from './BreakdownWidget.tsx'
import { BooleanWidget, RatingWidget } from './ChoiceWidget.tsx'
import { AutonumberWidget, ShownValue } from './ComputedWidget.tsx'
import { DatetimeWidget, DateWidget, TimeWidget } from './DateWidget.tsx'
import { DurationWidget } from './DurationWidget.tsx'
import { FileWidget, ImageWidget } from './FileWidget.tsx'
import { LunarDateWidget } from './LunarDateWidget.tsx'
import { MeasureWidget, MoneyWidget, NumberWidget, PercentWidget } from './NumberWidget.tsx'
import { MultiSelectWidget, OptionTreeWidget, SelectWidget, TagsWidget } from './OptionWidget.tsx'
import { AddressWidget, LocationWidget } from './PlaceWidget.tsx'
import { DepartmentWidget, LinksWidget, LookupWidget, PolymorphicWidget, UserWidget } from './ReferenceWidget.tsx'
import { RichTextWidget } from './RichTextWidget.tsx'
import {
  CodeWidget,
  EmailWidget,
  JsonWidget,
  LongTextWidget,
  PhoneWidget,
  SecretWidget,
  TextWidget,
  UrlWidget,
} from './TextWidget.tsx'

/** How values of a type are edited and placed. */
export interface EditingFace extends FieldTraits {
  readonly Widget: Widget
}

/** The editing half of the field types whose values are not made of other fields' values. */
export const leafFaces = {
  text: { Widget: TextWidget, columnWidth: 140 },
  'long-text': { Widget: LongTextWidget, isWide: true, columnWidth: 220 },
  'rich-text': { Widget: RichTextWidget, isWide: true, isComposite: true },
  email: { Widget: EmailWidget, columnWidth: 180 },
  phone: { Widget: PhoneWidget, columnWidth: 140 },
  url: { Widget: UrlWidget, columnWidth: 180 },
  integer: { Widget: NumberWidget, columnWidth: 90, isNumeric: true },
  number: { Widget: NumberWidget, columnWidth: 90, isNumeric: true },
  percent: { Widget: PercentWidget, columnWidth: 90, isNumeric: true },
  money: { Widget: MoneyWidget, columnWidth: 110, isNumeric: true },
  measure: { Widget: MeasureWidget, columnWidth: 110, isNumeric: true },
  boolean: { Widget: BooleanWidget, columnWidth: 70, isComposite: true },
  date: { Widget: DateWidget, columnWidth: 120 },
  datetime: { Widget: DatetimeWidget, columnWidth: 170 },
  time: { Widget: TimeWidget, columnWidth: 100 },
  duration: { Widget: DurationWidget, columnWidth: 110 },
  'lunar-date': { Widget: LunarDateWidget, isComposite: true },
  select: { Widget: SelectWidget, columnWidth: 100 },
  'multi-select': { Widget: MultiSelectWidget, columnWidth: 200 },
  tags: { Widget: TagsWidget, columnWidth: 180 },
  'option-tree': { Widget: OptionTreeWidget, columnWidth: 180 },
  lookup: { Widget: LookupWidget, columnWidth: 160 },
  'many-to-many': { Widget: LinksWidget, isWide: true },
  'polymorphic-lookup': { Widget: PolymorphicWidget },
  user: { Widget: UserWidget, columnWidth: 120 },
  department: { Widget: DepartmentWidget, columnWidth: 140 },
  file: { Widget: FileWidget, isComposite: true, isWide: true, showsReadOnly: true },
  image: { Widget: ImageWidget, isComposite: true, isWide: true, showsReadOnly: true },
  address: { Widget: AddressWidget, isWide: true, isComposite: true },
  location: { Widget: LocationWidget },
  autonumber: { Widget: AutonumberWidget, columnWidth: 140, showsReadOnly: true },
  formula: { Widget: ShownValue, columnWidth: 110, isNumeric: true },
  rollup: { Widget: ShownValue, columnWidth: 110, isNumeric: true },
  breakdown: { Widget: BreakdownWidget, isComposite: true },
  rating: { Widget: RatingWidget, columnWidth: 130, isComposite: true },
  barcode: { Widget: CodeWidget, columnWidth: 140 },
  json: { Widget: JsonWidget, isWide: true },
  'encrypted-text': { Widget: SecretWidget, isSecret: true },
} as const satisfies { readonly [type: string]: EditingFace }

const byType: ReadonlyMap<string, EditingFace> = new Map(Object.entries(leafFaces))

/** The editing half of such a type, plain text for any other. */
export function leafFaceOf({ type }: { readonly type: string }): EditingFace {
  return byType.get(type) ?? leafFaces.text
}
