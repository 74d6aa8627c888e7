import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Mentions } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usersQuery } from '../../api/people.ts'
import { ApiProblem } from '../../api/problem.ts'
import { addComment, refreshTimeline } from '../../api/timeline.ts'
import { useSession } from '../../shell/session-context.ts'
import { keepComment, readComment } from './kept-comment.ts'
import { mentionedIn } from './mention-parts.ts'

interface CommentBoxProps {
  readonly entity: string
  readonly id: string
}

/** Where one says something about a record; `@` mentions a colleague, Ctrl Enter sends. */
export function CommentBox({ entity, id }: CommentBoxProps) {
  const { t } = useTranslation()
  const { me } = useSession()
  const client = useQueryClient()
  const { data: users } = useQuery(usersQuery)
  const place = `${me.id}.${entity}.${id}`
  const [text, setText] = useState(() => readComment(place))
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const people = [...(users?.values() ?? [])]
  const write = (next: string) => {
    setText(next)
    keepComment(place, next)
  }
  const send = async () => {
    if (text.trim() === '' || isBusy) return
    setBusy(true)
    setFailure(undefined)
    try {
      await addComment(
        { entity, id },
        text.trim(),
        mentionedIn(text, people).map((person) => person.id),
      )
      write('')
      await refreshTimeline(client, entity, id)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="heddle-comment-box">
      <Mentions
        aria-label={t('timeline.comment')}
        placeholder={t('timeline.commentHint')}
        value={text}
        onChange={write}
        autoSize={{ minRows: 1, maxRows: 10 }}
        maxLength={10_000}
        options={people.map(({ id: key, name }) => ({ key, value: name, label: name }))}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
        }}
      />
      {failure !== undefined && (
        <Alert
          type="error"
          showIcon
          title={t('timeline.notSent')}
          description={failure instanceof ApiProblem ? failure.message : undefined}
        />
      )}
      {text.trim() !== '' && (
        <Button type="primary" onClick={() => void send()} loading={isBusy}>
          {t('timeline.send')}
        </Button>
      )}
    </div>
  )
}
