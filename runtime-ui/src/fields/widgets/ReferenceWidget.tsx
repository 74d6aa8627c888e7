import { asObject, asText, asTexts, type JsonObject, type Release } from '@heddle/metadata'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { departmentsQuery, usersQuery } from '../../api/people.ts'
import type { WidgetProps } from '../widget.ts'
import { inputProps } from './input-props.ts'
import { QuickView } from './QuickView.tsx'
import { RecordPicker } from './RecordPicker.tsx'

/** One record of another entity, with a look at it. */
export function LookupWidget(props: WidgetProps) {
  const { field, release, value, record, onChange, place } = props
  const target = release.entity(asText(field.settings.entity) ?? '')
  if (target === undefined) return null
  const id = asText(value)
  return (
    <span className="heddle-with-action">
      <RecordPicker
        widget={props}
        target={target}
        chosen={id === undefined ? [] : [id]}
        labels={labelsOf(record, field.name)}
        mode="one"
        onChoose={([choice]) => onChange(choice?.id ?? null, choice ? { id: choice.id, label: choice.label } : null)}
      />
      {id !== undefined && place === 'form' && <QuickView entity={target} id={id} release={release} />}
    </span>
  )
}

/** Several records of another entity. */
export function LinksWidget(props: WidgetProps) {
  const { field, release, value, record, onChange } = props
  const target = release.entity(asText(field.settings.entity) ?? '')
  if (target === undefined) return null
  return (
    <RecordPicker
      widget={props}
      target={target}
      chosen={asTexts(value)}
      labels={labelsOf(record, field.name)}
      mode="several"
      onChoose={(choices) =>
        onChange(
          choices.length === 0 ? null : choices.map(({ id }) => id),
          choices.map(({ id, label }) => ({ id, label })),
        )
      }
    />
  )
}

/** A record of one of several entities: first which, then which one. */
export function PolymorphicWidget(props: WidgetProps) {
  const { t } = useTranslation('forms')
  const { id, field, release, value, record, onChange } = props
  const chosen = asObject(value)
  const targets = targetsOf(release, asTexts(field.settings.entities))
  const target = targets.find(({ name }) => name === chosen.entity)
  const recordId = asText(chosen.id)
  return (
    <span className="heddle-with-action">
      <Select
        {...inputProps(props)}
        className="heddle-kind-select"
        aria-label={t('widget.kindOf', { title: field.title })}
        value={target?.name ?? null}
        onChange={(entity: string | undefined) => onChange(entity === undefined ? null : { entity, id: null }, null)}
        options={targets.map(({ name, title }) => ({ value: name, label: title }))}
        allowClear={!props.isRequired}
      />
      {target !== undefined && (
        <RecordPicker
          key={target.name}
          widget={{ ...props, id: `${id}-record`, label: field.title, autoFocus: false }}
          target={target}
          chosen={recordId === undefined ? [] : [recordId]}
          labels={labelsOf(record, field.name)}
          mode="one"
          onChoose={([choice]) =>
            onChange(
              { entity: target.name, id: choice?.id ?? null },
              choice ? { id: choice.id, label: choice.label } : null,
            )
          }
        />
      )}
    </span>
  )
}

/** A colleague. */
export function UserWidget(props: WidgetProps) {
  return <NamedSelect {...props} source={usersQuery} />
}

/** A department. */
export function DepartmentWidget(props: WidgetProps) {
  return <NamedSelect {...props} source={departmentsQuery} />
}

function NamedSelect({ source, ...props }: WidgetProps & { readonly source: typeof usersQuery }) {
  const { t } = useTranslation('forms')
  const { data, isFetching } = useQuery(source)
  const { value, onChange } = props
  return (
    <Select
      {...inputProps(props)}
      className="heddle-fill"
      value={asText(value) ?? null}
      onChange={(id: string | undefined) => onChange(id ?? null)}
      options={[...(data?.values() ?? [])].map(({ id, name }) => ({ value: id, label: name }))}
      showSearch={{ optionFilterProp: 'label' }}
      loading={isFetching}
      notFoundContent={t(isFetching ? 'widget.searching' : 'widget.noMatch')}
      allowClear={!props.isRequired}
      {...(props.isOpened ? { defaultOpen: true } : {})}
    />
  )
}

function targetsOf(release: Release, names: readonly string[]) {
  return names.flatMap((name) => release.entity(name) ?? [])
}

/** What `_related` says of a field, as labels by id. */
function labelsOf(record: JsonObject, name: string): ReadonlyMap<string, string> {
  const related = [asObject(record._related)[name] ?? []].flat().map(asObject)
  return new Map(
    related.flatMap(({ id, label }) => (asText(id) === undefined ? [] : [[String(id), asText(label) ?? '']])),
  )
}
