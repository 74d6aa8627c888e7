import type { Field, JsonObject, Release } from '@heddle/metadata'
import { Modal, Radio } from 'antd'
import { createElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cellOf } from '../fields/cells/index.ts'
import { PersonCell } from '../fields/cells/ReferenceCell.tsx'
import { MomentCell } from '../fields/cells/TimeCell.tsx'
import { unreadText } from '../fields/unread.ts'
import type { Conflict } from './form-work.ts'

interface ConflictDialogProps {
  readonly conflict: Conflict
  readonly release: Release
  readonly onSettle: (choices: { readonly [field: string]: 'mine' | 'theirs' }) => void
  readonly onClose: () => void
}

/** Theirs and mine, field by field; what only one side changed is kept without asking. */
export function ConflictDialog({ conflict, release, onSettle, onClose }: ConflictDialogProps) {
  const { t } = useTranslation('forms')
  const { merged, mine, record } = conflict
  const [choices, setChoices] = useState<{ readonly [field: string]: 'mine' | 'theirs' }>(
    Object.fromEntries(merged.conflicts.map(({ name }) => [name, 'mine' as const])),
  )
  return (
    <Modal
      open
      width={720}
      title={t('conflict.title')}
      okText={t('conflict.take')}
      cancelText={t('conflict.later')}
      onOk={() => onSettle(choices)}
      onCancel={onClose}
    >
      <p>
        <PersonCell value={record.updated_by ?? null} /> <MomentCell value={record.updated_at ?? null} />
      </p>
      <p>{t('conflict.explanation')}</p>
      <div className="heddle-conflict">
        {merged.conflicts.map((field) => (
          <Radio.Group
            key={field.name}
            aria-label={field.title}
            value={choices[field.name]}
            onChange={({ target }) => setChoices({ ...choices, [field.name]: target.value })}
          >
            <strong>{field.title}</strong>
            <Radio value="mine">
              <Side name={t('conflict.mine')} field={field} values={mine} release={release} />
            </Radio>
            <Radio value="theirs">
              <Side
                name={t('conflict.theirs')}
                field={field}
                values={{ ...record, ...merged.values }}
                release={release}
              />
            </Radio>
          </Radio.Group>
        ))}
      </div>
    </Modal>
  )
}

interface SideProps {
  readonly name: string
  readonly field: Field
  readonly values: JsonObject
  readonly release: Release
}

function Side({ name, field, values, release }: SideProps) {
  const value = values[field.name] ?? null
  const text = unreadText(value)
  return (
    <span className="heddle-conflict-side">
      <span className="heddle-unit">{name}</span>
      <span>
        {text ?? (value === null ? '—' : createElement(cellOf(field), { value, field, record: values, release }))}
      </span>
    </span>
  )
}
