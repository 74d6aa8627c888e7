import { asObject, asText, type Field } from '@heddle/metadata'
import Form from '@rjsf/core/lib/components/Form.js'
import { Alert, Button } from 'antd'
import { useCallback, useId, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { formatRelative } from '../fields/format.ts'
import { useFormat } from '../fields/format-context.ts'
import { faceOf } from '../fields/index.ts'
import { ConflictDialog } from './ConflictDialog.tsx'
import { ErrorSummary } from './ErrorSummary.tsx'
import { faultText } from './fault-text.ts'
import { faultTree, fieldAt, inReadingOrder, placeOf } from './faults.ts'
import { focusPath } from './focus-path.ts'
import { FormSurroundingsContext } from './form-context.ts'
import { type Layout, layoutOf, placesOf, shownLayout } from './layout.ts'
import { QuickCreateProvider } from './QuickCreateProvider.tsx'
import { fields, formSchema, formUi, noValidator, stateBehaviour, templates } from './rjsf-setup.ts'
import { SaveBar } from './SaveBar.tsx'
import { SaveFailure } from './SaveFailure.tsx'
import { type FormSubject, useRecordForm } from './use-record-form.ts'
import { useSaveKey } from './use-save-key.ts'
import './forms.css'

/** What a record form needs to know. */
export interface RecordFormProps extends FormSubject {
  /** The form definition to draw; the entity's default one when absent. */
  readonly formName?: string | undefined
  /** Shows everything, edits nothing. */
  readonly isReadOnly?: boolean | undefined
  readonly onCancel: () => void
}

/** Creates or edits one record as its form definition says, or as its fields suggest where there is none. */
export function RecordForm(props: RecordFormProps) {
  const id = asText(props.record?.id) ?? 'new'
  return (
    <QuickCreateProvider release={props.release} form={RecordForm}>
      <FormOfRecord key={`${props.entity.name} ${id}`} {...props} />
    </QuickCreateProvider>
  )
}

function FormOfRecord(props: RecordFormProps) {
  const { release, entity, record, formName, isReadOnly = false, onCancel } = props
  const { t } = useTranslation('forms')
  const format = useFormat()
  const prefix = `f${useId().replace(/\W/g, '')}`
  const root = useRef<HTMLDivElement>(null)
  const [tab, setTab] = useState<string>()
  const form = useRecordForm(props)
  const { states, values } = form

  const full = useMemo(
    () =>
      layoutOf(
        release,
        entity,
        { traitsOf: faceOf, titles: { basics: t('basics'), computed: t('computed') } },
        formName,
      ),
    [release, entity, formName, t],
  )
  const layout = useMemo(() => {
    const isShown = (field: Field) => states.get(field.name)?.isVisible !== false
    return shownLayout(full, isShown, () => true)
  }, [full, states])
  const faults = useMemo(() => inReadingOrder(form.faults, namesIn(layout)), [form.faults, layout])
  const schema = useMemo(() => formSchema(entity, states), [entity, states])
  const uiSchema = useMemo(() => formUi(entity), [entity])
  const tree = useMemo(() => {
    const told = faults.map((fault) => {
      const { field } = placeOf(release, entity, fault.path)
      return { path: fault.path, text: faultText(t, { field, fault }) }
    })
    return faultTree(told)
  }, [faults, release, entity, t])

  const tabOf = (name: string) => layout.find((each) => placesOf([each]).some(({ field }) => field.name === name))?.id
  const jump = (path: string) => {
    flushSync(() => setTab(tabOf(fieldAt({ path })) ?? tab))
    focusPath(root.current, prefix, path)
  }
  const save = async () => {
    const [first] = inReadingOrder(await form.save(), namesIn(layout))
    if (first !== undefined) requestAnimationFrame(() => jump(first.path))
  }
  const { touch } = form
  const onTouch = useCallback((field: string) => touch(field), [touch])
  const faultsIn = (id: string) => faults.filter((fault) => tabOf(fieldAt(fault)) === id).length
  useSaveKey(root, () => void save())

  return (
    <div ref={root} className={record === undefined ? 'heddle-form' : 'heddle-form heddle-form-quiet'}>
      {form.resumedAt !== undefined && form.changed.length > 0 && (
        <Alert
          type="info"
          showIcon
          className="heddle-resumed"
          title={t('resumed', { time: formatRelative(form.resumedAt, format) })}
          action={
            <Button size="small" type="text" onClick={form.discard}>
              {t('discardDraft')}
            </Button>
          }
        />
      )}
      <SaveFailure problem={form.problem} onRetry={() => void save()} />
      {form.isSubmitted && <ErrorSummary release={release} entity={entity} faults={faults} onJump={jump} />}
      <FormSurroundingsContext
        value={{ release, entity, states, isReadOnly, values, layout, tab, onTab: setTab, faultsIn, onTouch }}
      >
        <Form<object>
          tagName="div"
          idPrefix={prefix}
          idSeparator="-"
          schema={schema}
          uiSchema={uiSchema}
          formData={values}
          onChange={({ formData }) => form.change(asObject(formData))}
          validator={noValidator}
          fields={fields}
          templates={templates}
          extraErrors={tree}
          showErrorList={false}
          noHtml5Validate
          experimental_defaultFormStateBehavior={stateBehaviour}
        >
          <span />
        </Form>
      </FormSurroundingsContext>
      {!isReadOnly && (
        <SaveBar
          mode={record === undefined ? 'create' : 'edit'}
          count={form.changed.length}
          isSaving={form.isSaving}
          onSave={() => void save()}
          onDiscard={() => {
            form.discard()
            onCancel()
          }}
        />
      )}
      {form.conflict !== undefined && (
        <ConflictDialog
          conflict={form.conflict}
          release={release}
          onSettle={form.settle}
          onClose={form.closeConflict}
        />
      )}
    </div>
  )
}

function namesIn(layout: Layout): string[] {
  return placesOf(layout).map(({ field }) => field.name)
}
