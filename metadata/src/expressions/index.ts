export { type CheckOptions, type CheckResult, checkExpression, referencesOf } from './check-expression.ts'
export { compileCondition, compileExpression, type Evaluate } from './compile-expression.ts'
export { inexactScale } from './decimal.ts'
export type { FilterFinding } from './filter/filter-finding.ts'
export { filterOperators } from './filter/filter-operators.ts'
export { type FilterTree, type FormatResult, formatFilter } from './filter/format-filter.ts'
export { quoteText } from './filter/write-value.ts'
export { type Finding as ExpressionFinding, withPosition } from './findings.ts'
export type { Literal, Span } from './operand.ts'
export { longestMatchedText, type Pattern, parsePattern } from './pattern.ts'
export {
  type ArgumentForm,
  literalOf,
  type Parameter,
  type ProfileRow,
  parameterAt,
  usageOf,
  writeRow,
} from './profile/row.ts'
export { type ProfileKey, profile, profileKeys } from './profile.ts'
export { type Rename, renameReferences } from './rename-references.ts'
export { settledScale } from './settling.ts'
export { type Clock, durationParts, hasOffset, todayOf } from './temporal.ts'
export {
  type Call,
  type Element,
  isSolid,
  type ListLiteral,
  type Reference,
  type TypedExpression,
} from './typed-expression.ts'
export {
  type ContextType,
  decimalNumber,
  describeType,
  type FeelType,
  feelTypes,
  isAssignable,
  listOf,
  type Scope,
  scopeOf,
} from './types.ts'
