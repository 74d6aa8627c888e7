import { asText, asTexts } from '@heddle/metadata'
import { Cascader, Select } from 'antd'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../cells/Chip.tsx'
import { type Option, optionsOf } from '../options.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'
import { type Branch, branchesOf, branchPath, firstBranch } from './option-branches.ts'

/** One of the options, as chips. */
export function SelectWidget(props: WidgetProps) {
  const { value, onChange, isRequired } = props
  const choices = useChoices(props)
  return (
    <Select
      {...selectProps(props)}
      value={asText(value) ?? null}
      onChange={(key: string | undefined) => onChange(key ?? null)}
      options={choices.map(({ key, title, hue }) => ({ value: key, label: title, hue }))}
      optionRender={({ data }) => <Chip hue={data.hue}>{data.label}</Chip>}
      labelRender={({ value: key, label }) => (
        <Chip hue={choices.find((choice) => choice.key === key)?.hue ?? 'gray'}>{label ?? key}</Chip>
      )}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!isRequired}
    />
  )
}

/** Several of the options. */
export function MultiSelectWidget(props: WidgetProps) {
  const { value, onChange } = props
  const choices = useChoices(props)
  return (
    <Select
      {...selectProps(props)}
      mode="multiple"
      value={asTexts(value)}
      onChange={(keys: string[]) => onChange(keys.length === 0 ? null : keys)}
      options={choices.map(({ key, title, hue }) => ({ value: key, label: title, hue }))}
      optionRender={({ data }) => <Chip hue={data.hue}>{data.label}</Chip>}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
    />
  )
}

/** Free labels; Enter, a comma or a paste of several makes them. */
export function TagsWidget(props: WidgetProps) {
  const { value, onChange } = props
  return (
    <Select
      {...selectProps(props)}
      mode="tags"
      open={false}
      suffixIcon={null}
      value={asTexts(value)}
      onChange={(tags: string[]) => {
        const kept = [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))]
        onChange(kept.length === 0 ? null : kept)
      }}
      tokenSeparators={[',', '，', '、', ';', '；', '|', '\n', '\t']}
    />
  )
}

/** An option of a tree, of any level. */
export function OptionTreeWidget(props: WidgetProps) {
  const { field, release, value, onChange } = props
  return (
    <BranchSelect
      {...props}
      options={optionsOf(field, release)}
      chosen={asText(value)}
      onChoose={(key) => onChange(key ?? null)}
    />
  )
}

interface BranchSelectProps extends Omit<WidgetProps, 'options' | 'value' | 'onChange'> {
  readonly options: ReadonlyMap<string, Option>
  readonly chosen: string | undefined
  readonly onChoose: (key: string | undefined) => void
  readonly placeholder?: string
}

/** Chooses one key of a tree level by level or by searching. */
export function BranchSelect({ options, chosen, onChoose, placeholder, ...props }: BranchSelectProps) {
  const { t } = useTranslation('forms')
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(props.isOpened ?? false)
  const branches = useMemo(() => branchesOf(options), [options])
  const path = chosen === undefined ? [] : branchPath(chosen, options)
  const chooseFirst = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || text === '') return
    const active = document.querySelector('.ant-cascader-menu-item-active')
    const found = active === null ? firstBranch(text, options) : undefined
    if (found === undefined) return
    event.preventDefault()
    setText('')
    setOpen(false)
    onChoose(found)
  }
  return (
    <Cascader<Branch>
      {...inputProps({ ...props, value: null, onChange: () => undefined })}
      className="heddle-fill"
      value={path}
      onChange={(keys) => onChoose(keys?.at(-1)?.toString())}
      options={branches}
      changeOnSelect
      placeholder={placeholder}
      expandTrigger="hover"
      showSearch={{ limit: 50, searchValue: text, onSearch: setText }}
      open={isOpen}
      onOpenChange={setOpen}
      onKeyDown={chooseFirst}
      allowClear={!props.isRequired}
      notFoundContent={t('widget.noMatch')}
      displayRender={(titles) => titles.join(' / ')}
    />
  )
}

function selectProps(props: WidgetProps) {
  return {
    ...inputProps(props),
    className: 'heddle-fill',
    popupMatchSelectWidth: props.place === 'form',
    ...(props.isOpened ? { defaultOpen: true } : {}),
  }
}

/** What may be chosen now, the present choice always among it. */
function useChoices({ field, release, options: narrowed, value }: WidgetProps): readonly Option[] {
  const all = [...optionsOf(field, release).values()]
  if (narrowed === undefined) return all
  const present = asText(value) === undefined ? asTexts(value) : [asText(value)]
  return all.filter(({ key }) => narrowed.includes(key) || present.includes(key))
}
