import { CloseOutlined, DeleteOutlined, UndoOutlined } from '@ant-design/icons'
import type { JsonObject } from '@heddle/metadata'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { mayDo } from '../api/session.ts'
import { useTrash } from '../record/use-trash.tsx'
import { useSession } from '../shell/session-context.ts'
import type { List } from './use-list.ts'
import type { Selection } from './use-selection.ts'

interface SelectionBarProps {
  readonly list: List
  readonly records: readonly JsonObject[]
  readonly selection: Selection
}

/** What can be done to the ticked records; rises when there are some. */
export function SelectionBar({ list, records, selection }: SelectionBarProps) {
  const { t } = useTranslation()
  const { me } = useSession()
  const { discard, restore, isBusy } = useTrash(list.entity)
  if (records.length === 0) return null
  const run = (act: typeof discard | typeof restore) => void act(records).then(() => selection.set([]))
  return (
    <div className="heddle-selection" role="toolbar" aria-label={t('list.selected', { count: records.length })}>
      <span aria-live="polite">{t('list.selected', { count: records.length })}</span>
      {list.isTrash
        ? mayDo(me, list.entity.name, 'delete') && (
            <Button icon={<UndoOutlined />} loading={isBusy} onClick={() => run(restore)}>
              {t('list.restore')}
            </Button>
          )
        : mayDo(me, list.entity.name, 'delete') && (
            <Button danger icon={<DeleteOutlined />} loading={isBusy} onClick={() => run(discard)}>
              {t('list.delete')}
            </Button>
          )}
      <Button type="text" icon={<CloseOutlined />} aria-label={t('list.deselect')} onClick={() => selection.set([])} />
    </div>
  )
}
