import { type Entity, type JsonObject, linesFields, type Release } from '@heddle/metadata'
import { useTranslation } from 'react-i18next'
import type { Comment } from '../../api/timeline.ts'
import { MomentCell } from '../../fields/cells/TimeCell.tsx'
import { ChangeList } from './ChangeList.tsx'
import { mentionParts } from './mention-parts.ts'
import type { Act, TimelineEntry } from './timeline-entries.ts'

interface TimelineEntryViewProps {
  readonly entry: TimelineEntry
  readonly release: Release
  readonly entity: Entity
  readonly record: JsonObject
  readonly labels: ReadonlyMap<string, string>
}

/** One entry of a timeline: who, when, and what they said or did. */
export function TimelineEntryView({ entry, ...rest }: TimelineEntryViewProps) {
  const { t } = useTranslation()
  const { release, entity, record, labels } = rest
  const name = entry.by?.name ?? t('timeline.system')
  const [first, ...others] = entry.kind === 'change' ? entry.acts : []
  return (
    <li className="heddle-timeline-entry" data-kind={entry.kind}>
      <span className="heddle-person-letter" aria-hidden>
        {name.slice(0, 1)}
      </span>
      <div>
        <p className="heddle-timeline-who">
          <span>
            <strong>{name}</strong> {first !== undefined && <ActText act={first} release={release} entity={entity} />}
          </span>
          <MomentCell value={entry.at} />
        </p>
        {entry.kind === 'comment' && <CommentText comment={entry.comment} />}
        {first !== undefined && <ActChanges {...{ act: first, release, record, labels }} />}
        {others.map((act) => (
          <div key={keyOf(act)}>
            <p className="heddle-act">
              <ActText act={act} release={release} entity={entity} />
            </p>
            <ActChanges {...{ act, release, record, labels }} />
          </div>
        ))}
      </div>
    </li>
  )
}

function CommentText({ comment }: { readonly comment: Comment }) {
  return (
    <p className="heddle-comment">
      {mentionParts(comment.text, comment.mentions).map(({ text, isMention, start }) =>
        isMention ? <mark key={start}>{text}</mark> : text,
      )}
    </p>
  )
}

interface ActProps extends Omit<TimelineEntryViewProps, 'entry'> {
  readonly act: Act
}

function ActText({ act, release, entity }: Pick<ActProps, 'act' | 'release' | 'entity'>) {
  const { t } = useTranslation()
  const subject = release.entity(act.entity)
  if (subject === undefined) return null
  if (act.entity === entity.name) return t(`timeline.${kindOf(act)}`)
  return t(`timeline.lines.${kindOf(act)}`, { count: act.count, title: linesTitle(entity, subject) })
}

/** What a new record began with stands in its form. */
function ActChanges({ act, release, record, labels }: Omit<ActProps, 'entity'>) {
  const subject = release.entity(act.entity)
  if (subject === undefined || kindOf(act) !== 'updated') return null
  return <ChangeList release={release} entity={subject} record={record} changes={act.changes} labels={labels} />
}

/** One transaction may write to a record more than once. */
function keyOf({ kind, record, changes }: Act): string {
  return [kind, record, ...changes.map(({ field }) => field)].join(' ')
}

function kindOf({ kind }: Act): (typeof kinds)[number] {
  return kinds.find((each) => each === kind) ?? 'updated'
}

const kinds = ['created', 'updated', 'deleted', 'restored'] as const

/** What the parent calls its lines. */
function linesTitle(parent: Entity, lines: Entity): string {
  return linesFields(parent).find(({ settings }) => settings.entity === lines.name)?.title ?? lines.title
}
