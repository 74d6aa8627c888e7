import type { Entity, JsonObject } from '@heddle/metadata'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteRecord, identityOf, restoreRecord } from '../api/records.ts'

/** Puts records into the trash and takes them out again; what was done can be undone from the toast. */
export function useTrash(entity: Entity) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [isBusy, setBusy] = useState(false)

  const run = async (records: readonly JsonObject[], act: (record: JsonObject) => Promise<unknown>) => {
    setBusy(true)
    const results = await Promise.allSettled(records.map(act))
    await client.invalidateQueries({ queryKey: ['records'] })
    setBusy(false)
    const failures = results.filter((result) => result.status === 'rejected')
    const [first] = failures
    const reason = first?.reason instanceof Error ? first.reason.message : ''
    return {
      done: records.filter((_, index) => results[index]?.status === 'fulfilled'),
      failed: failures.length,
      reason,
    }
  }

  const restore = async (records: readonly JsonObject[]): Promise<void> => {
    const { done, failed, reason } = await run(records, (record) => restoreRecord(entity.name, identityOf(record).id))
    if (failed > 0) void message.error(t('list.restoreFailed', { failed, message: reason }))
    if (done.length > 0) void message.success(t('list.restored', { count: done.length }))
  }

  /** Answers the records that went; of the others it is said why not. */
  const discard = async (records: readonly JsonObject[]): Promise<readonly JsonObject[]> => {
    const { done, failed, reason } = await run(records, (record) => deleteRecord(entity.name, identityOf(record)))
    if (failed > 0) void message.error(t('list.deleteFailed', { failed, message: reason }))
    if (done.length === 0) return done
    const key = `deleted ${Date.now()}`
    const undo = () => {
      message.destroy(key)
      void restore(done)
    }
    void message.success({
      key,
      duration: 8,
      content: (
        <>
          {t('list.deleted', { count: done.length })}
          <Button type="link" size="small" onClick={undo}>
            {t('common.undo')}
          </Button>
        </>
      ),
    })
    return done
  }
  return { discard, restore, isBusy }
}
