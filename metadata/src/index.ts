export { type Address, addressOf, type Definition, parseAddress } from './definition.ts'
export { roundHalfUp } from './expressions/decimal.ts'
export * from './expressions/index.ts'
export { formatNumber } from './field-types/autonumber.ts'
export type {
  AggregateFunction,
  Choice,
  FeelKind,
  FieldSource,
  FieldTypeDefinition,
  JsonSchema,
  Numbering,
  NumberPart,
  Parsed,
  TextContext,
  ValueFault,
} from './field-types/define-field-type.ts'
export {
  type FieldType,
  fieldTypeOf,
  fieldTypes,
  isFieldType,
  operatorsOf,
  valueTypeOf,
} from './field-types/index.ts'
export { type LunarDate, lunarToSolar } from './field-types/lunar-calendar.ts'
export type { Operator } from './field-types/operators.ts'
export { convertUnit, unitsLike } from './field-types/unit-conversions.ts'
export type { Finding } from './findings.ts'
export { formatJson } from './format-json.ts'
export type * from './generated/index.ts'
export * from './json.ts'
export { kinds } from './kinds/index.ts'
export { applyChanges, type Change, diffDocuments } from './layers/changes.ts'
export { type ClassifiedOverride, classifyOverrides, overrideFindings } from './layers/classify-overrides.ts'
export {
  type Effective,
  type Folded,
  foldLayers,
  type Layer,
  type Manifest,
  type Override,
  siteOwner,
} from './layers/fold.ts'
export { documentToOverrides, overridesToDocument } from './layers/override-documents.ts'
export { keyedForm, listedForm } from './layers/sets.ts'
export { systemFields } from './names.ts'
export { nearest } from './near.ts'
export { timeZoneOf } from './release/company.ts'
export {
  compileRelease,
  type Release,
  referencedEntities,
} from './release/compile-release.ts'
export type { DynamicRule, Entity, Field, Rule } from './release/entity.ts'
export {
  checkOtherFields,
  checkValue,
  normaliseFields,
  normaliseValue,
  textOfValue,
  valueOfText,
} from './release/field-values.ts'
export { withoutHeld } from './release/hold-back.ts'
export { entityIdOf, fieldIdOf } from './release/identity.ts'
export { acceptedLocales, chooseLocale, localizeBody, sourceLocale } from './release/localize.ts'
export { localizeRelease } from './release/localize-release.ts'
export { nullable, pureSchema, type SchemaPurpose, schemaPurposes } from './release/pure-schemas.ts'
export { amountOf } from './release/record-currency.ts'
export { type EntityStorage, emptyStorage, type FieldStorage, type HeldField, type Storage } from './release/storage.ts'
export { type KeyedMemory, rememberBy } from './remember.ts'
export { checkLogic, dynamicState, type FieldState, type RecordFault } from './rules/check-record.ts'
export { isComputed, isStored, linesFields, type NumberedField, numberedFields } from './rules/computed-fields.ts'
export { withRate } from './rules/currency-rate.ts'
export { entityLogic, expressionsOf } from './rules/entity-logic.ts'
export { formulaOf } from './rules/formula-of.ts'
export { type Feed, feedsOf, findKeptStepwise, type KeptField, keptFields } from './rules/kept-fields.ts'
export { type Hop, type ReadPlace, wayOf } from './rules/reads.ts'
export { type RecordSurroundings, recordContext } from './rules/record-context.ts'
export { withConstants, withDefaults } from './rules/record-defaults.ts'
export { fieldScope, fieldType, queryScope, recordScope } from './rules/record-scope.ts'
export { recordValidator } from './rules/record-validator.ts'
export { type RelatedNeeds, relatedNeeds, relatedNeedsOfLines } from './rules/related-paths.ts'
export { aggregationOf, type Rollup, rollupsOf } from './rules/rollups.ts'
export type { Steps } from './stepwise.ts'
export { referencesOf } from './validation/references-of.ts'
export { validateDefinitions, validateStepwise } from './validation/validate-definitions.ts'
export { compileValidator, type SchemaFault, type Validator } from './validation/validator.ts'
