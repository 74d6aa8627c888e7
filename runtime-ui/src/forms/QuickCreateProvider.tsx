import type { Entity, JsonObject, Release } from '@heddle/metadata'
import { Modal } from 'antd'
import { type ComponentType, createElement, type ReactNode, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { QuickCreateContext } from '../fields/quick-create.ts'
import { FormWayContext } from './form-way.ts'

interface FormProps {
  readonly release: Release
  readonly entity: Entity
  readonly initial: JsonObject
  readonly onSaved: (record: JsonObject) => void
  readonly onCancel: () => void
}

interface QuickCreateProviderProps {
  readonly release: Release
  /** The form that the dialog shows. */
  readonly form: ComponentType<FormProps>
  /** The forms that lead to the dialog. */
  readonly way: string
  readonly children: ReactNode
}

interface Making {
  readonly entity: Entity
  readonly initial: JsonObject
  readonly use: (record: JsonObject) => void
}

/** A dialog in which widgets let people make the record they did not find. */
export function QuickCreateProvider({ release, form, way, children }: QuickCreateProviderProps) {
  const { t } = useTranslation('forms')
  const [making, setMaking] = useState<Making>()
  const make = useCallback(
    (entity: Entity, initial: JsonObject, use: Making['use']) => setMaking({ entity, initial, use }),
    [],
  )
  const close = () => setMaking(undefined)
  return (
    <QuickCreateContext value={make}>
      {children}
      {making !== undefined && (
        <Modal
          open
          width={720}
          footer={null}
          title={t('widget.create', { title: making.entity.title })}
          onCancel={close}
          destroyOnHidden
        >
          <FormWayContext value={way}>
            {createElement(form, {
              release,
              entity: making.entity,
              initial: making.initial,
              onSaved: (record) => {
                close()
                making.use(record)
              },
              onCancel: close,
            })}
          </FormWayContext>
        </Modal>
      )}
    </QuickCreateContext>
  )
}
