import { asObject, asText } from '@heddle/metadata'
import Form from '@rjsf/core/lib/components/Form.js'
import { useCallback, useContext, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { PendingWorkContext } from '../fields/pending-work.ts'
import { ConflictDialog } from './ConflictDialog.tsx'
import { Doubts } from './Doubts.tsx'
import { ErrorSummary } from './ErrorSummary.tsx'
import { fieldAt, inReadingOrder } from './faults.ts'
import { focusPath } from './focus-path.ts'
import { FormSurroundingsContext } from './form-context.ts'
import { FormWayContext, wayFrom } from './form-way.ts'
import { placesOf } from './layout.ts'
import { NewerNotice } from './NewerNotice.tsx'
import { passTab } from './pass-tab.ts'
import { QuickCreateProvider } from './QuickCreateProvider.tsx'
import { ResumedNotice } from './ResumedNotice.tsx'
import { fields, noValidator, stateBehaviour, templates } from './rjsf-setup.ts'
import { SaveBar } from './SaveBar.tsx'
import { SaveFailure } from './SaveFailure.tsx'
import { useAfterPress } from './use-after-press.ts'
import { useFormView } from './use-form-view.ts'
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
  const way = wayFrom(useContext(FormWayContext), props.entity.name, id)
  return (
    <QuickCreateProvider release={props.release} form={RecordForm} way={way}>
      <FormOfRecord key={`${props.entity.name} ${id}`} {...props} />
    </QuickCreateProvider>
  )
}

function FormOfRecord(props: RecordFormProps) {
  const { release, entity, record, formName, isReadOnly = false, onCancel } = props
  const form = useRecordForm(props)
  const { states, lineStates, values, context, warnings } = form
  const view = useFormView({ release, entity, formName, states, context, faults: form.faults, warnings })
  const { layout, faults } = view
  const { root, prefix, tab, setTab, tabOf, jump } = useJump(layout)
  const save = async () => {
    const [first] = inReadingOrder(await form.save(), view.order)
    if (first !== undefined) requestAnimationFrame(() => jump(first.path))
  }
  useSaveKey(root, () => {
    if (!isReadOnly) void save()
  })
  const afterPress = useAfterPress()
  const { touch } = form
  const onTouch = useCallback((field: string) => afterPress(() => touch(field)), [afterPress, touch])
  const faultsIn = (id: string) => faults.filter((fault) => tabOf(fieldAt(fault)) === id).length
  const mode = record === undefined ? 'create' : 'edit'
  return (
    <div
      ref={root}
      className={mode === 'create' ? 'heddle-form' : 'heddle-form heddle-form-quiet'}
      onKeyDownCapture={passTab}
    >
      {form.changed.length > 0 && <ResumedNotice at={form.resumedAt} onDiscard={form.discard} />}
      <NewerNotice newer={form.newer} onLook={form.lookAtNewer} />
      <SaveFailure problem={form.problem} onRetry={() => void save()} />
      {form.isSubmitted && <ErrorSummary release={release} entity={entity} faults={faults} onJump={jump} />}
      <Doubts texts={doubtsBeside(view)} />
      <FormSurroundingsContext
        value={{
          ...{ release, entity, states, lineStates, isReadOnly, values, layout, tab, onTab: setTab, faultsIn },
          ...{ warnings: view.doubts, onTouch },
        }}
      >
        <PendingWorkContext value={form.pending}>
          <Form<object>
            tagName="div"
            idPrefix={prefix}
            idSeparator="-"
            schema={view.schema}
            uiSchema={view.uiSchema}
            formData={values}
            onChange={({ formData }) => form.change(asObject(formData))}
            validator={noValidator}
            fields={fields}
            templates={templates}
            extraErrors={view.tree}
            showErrorList={false}
            noHtml5Validate
            experimental_defaultFormStateBehavior={stateBehaviour}
          >
            <span />
          </Form>
        </PendingWorkContext>
      </FormSurroundingsContext>
      {!isReadOnly && (
        <SaveBar
          mode={mode}
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

/** What is doubtful about the record as a whole, or where the form has no field. */
function doubtsBeside({ doubts, order }: ReturnType<typeof useFormView>): string[] {
  return [...doubts].flatMap(([field, texts]) => (order.includes(field) ? [] : texts))
}

/** The tab in front, and how to bring what a path points to into view, whichever tab it is on. */
function useJump(layout: ReturnType<typeof useFormView>['layout']) {
  const prefix = `f${useId().replace(/\W/g, '')}`
  const root = useRef<HTMLDivElement>(null)
  const [tab, setTab] = useState<string>()
  const tabOf = (name: string) => layout.find((each) => placesOf([each]).some(({ field }) => field.name === name))?.id
  const jump = (path: string) => {
    flushSync(() => setTab(tabOf(fieldAt({ path })) ?? tab))
    focusPath(root.current, prefix, path)
  }
  return { root, prefix, tab, setTab, tabOf, jump }
}
