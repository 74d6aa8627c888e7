import { type FeelKind, type Json, type Operator, referencedEntities } from '@heddle/metadata'
import { useQuery } from '@tanstack/react-query'
import { Flex, Input, InputNumber, Select, TreeSelect } from 'antd'
import { type ComponentType, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { namedSources } from '../fields/named-sources.ts'
import { type Option, optionsOf } from '../fields/options.ts'
import { RecordSelect } from '../fields/RecordSelect.tsx'
import { branchesOf } from '../fields/widgets/option-branches.ts'
import type { InputProps } from './filter-input.ts'
import { ClockInput, DayInput, DurationInput, MomentInput } from './TimeInputs.tsx'

type FilterValueProps = Omit<InputProps, 'isMany'> & { readonly op: Operator }

/** The value of a condition, entered as its field and operator need it. */
export function FilterValue({ column, op, value, onChange, release }: FilterValueProps) {
  const { t } = useTranslation()
  if (valueless.has(op)) return null
  const One = inputs[column.feel] ?? TextInput
  if (op !== 'between') {
    return <One column={column} value={value} onChange={onChange} release={release} isMany={many.has(op)} />
  }
  const [from = null, to = null] = Array.isArray(value) ? value : []
  return (
    <Flex gap={8} align="center">
      <One column={column} value={from} onChange={(next) => onChange([next, to])} release={release} isMany={false} />
      {t('filter.to')}
      <One column={column} value={to} onChange={(next) => onChange([from, next])} release={release} isMany={false} />
    </Flex>
  )
}

const valueless: ReadonlySet<Operator> = new Set<Operator>(['empty', 'not empty'])
const many: ReadonlySet<Operator> = new Set<Operator>(['in', 'not in'])

function TextInput({ column, value, onChange, isMany }: InputProps) {
  if (isMany) {
    return <Select aria-label={column.title} mode="tags" open={false} value={textsOf(value)} onChange={onChange} />
  }
  return (
    <Input
      aria-label={column.title}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
      autoFocus
    />
  )
}

function NumberInput({ column, value, onChange }: InputProps) {
  return (
    <InputNumber
      aria-label={column.title}
      value={typeof value === 'number' ? value : null}
      onChange={onChange}
      style={{ width: '100%' }}
    />
  )
}

function BooleanInput({ column, value, onChange }: InputProps) {
  const { t } = useTranslation()
  const options = [
    { value: true, label: t('common.yes') },
    { value: false, label: t('common.no') },
  ]
  const chosen = typeof value === 'boolean' ? value : null
  return <Select aria-label={column.title} value={chosen} options={options} onChange={onChange} />
}

function OptionInput(props: InputProps) {
  const { column, release } = props
  const known = column.field === undefined ? undefined : optionsOf(column.field, release)
  const options = [...(known?.values() ?? [])]
  if (known === undefined || options.length === 0) return <TextInput {...props} />
  if (options.some(({ parent }) => parent !== undefined)) return <Branches {...props} options={known} />
  return <Choice {...props} options={options.map(({ key, title }) => ({ value: key, label: title }))} />
}

/** An option of a set with levels, of any level. */
function Branches({
  column,
  value,
  onChange,
  isMany,
  options,
}: InputProps & { readonly options: ReadonlyMap<string, Option> }) {
  const tree = useMemo(() => branchesOf(options), [options])
  return (
    <TreeSelect
      aria-label={column.title}
      treeData={tree}
      multiple={isMany}
      value={isMany ? textsOf(value) : textsOf([value])[0]}
      onChange={(next: string | string[]) => onChange(next)}
      showSearch={{ treeNodeFilterProp: 'label' }}
      style={{ width: '100%' }}
    />
  )
}

function ReferenceInput(props: InputProps) {
  const { column, value, onChange, release, isMany } = props
  const source = namedSources.get(column.type)
  if (source !== undefined) return <NamedInput {...props} source={source} />
  const [target = ''] = column.field === undefined ? [] : referencedEntities(column.field)
  const entity = release.entity(target)
  if (entity === undefined) return <TextInput {...props} />
  return (
    <RecordSelect
      entity={entity}
      label={column.title}
      mode={isMany ? 'multiple' : 'single'}
      value={isMany ? textsOf(value) : textsOf([value])}
      onChange={(ids) => onChange(isMany ? ids : (ids[0] ?? null))}
    />
  )
}

type NamedSource = typeof namedSources extends ReadonlyMap<string, infer Source> ? Source : never

function NamedInput({ source, ...props }: InputProps & { readonly source: NamedSource }) {
  const { data: named } = useQuery(source)
  const options = [...(named?.values() ?? [])].map(({ id, name }) => ({ value: id, label: name }))
  return <Choice {...props} options={options} />
}

function Choice({
  column,
  value,
  onChange,
  isMany,
  options,
}: InputProps & { options: { value: string; label: string }[] }) {
  return (
    <Select
      aria-label={column.title}
      mode={isMany ? 'multiple' : undefined}
      value={isMany ? textsOf(value) : (textsOf([value])[0] ?? null)}
      onChange={(next) => onChange(next)}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
    />
  )
}

const inputs: { readonly [K in FeelKind]?: ComponentType<InputProps> } = {
  number: NumberInput,
  boolean: BooleanInput,
  date: DayInput,
  datetime: MomentInput,
  time: ClockInput,
  duration: DurationInput,
  option: OptionInput,
  address: OptionInput,
  texts: OptionInput,
  reference: ReferenceInput,
}

function textsOf(value: Json): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}
