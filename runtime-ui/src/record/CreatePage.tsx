import { asObject, asText, type JsonObject } from '@heddle/metadata'
import { Link, useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'
import { mayDo } from '../api/session.ts'
import { RecordForm } from '../forms/RecordForm.tsx'
import { Crumbs } from '../shell/Crumbs.tsx'
import { Failure } from '../shell/Failure.tsx'
import { ListTitle } from '../shell/ListTitle.tsx'
import { useSession } from '../shell/session-context.ts'
import './record.css'

/** A new record of an entity. */
export function CreatePage() {
  const { t } = useTranslation()
  const { entity: name } = useParams({ from: '/app/create/$entity' })
  const { set } = useSearch({ from: '/app/create/$entity' })
  const { me, release } = useSession()
  const navigate = useNavigate()
  const router = useRouter()
  const initial = useMemo(() => parseValues(set), [set])
  const form = useFocusInside(name)
  const entity = release.entity(name)
  if (entity === undefined) return <Failure error={new ApiProblem(404, {})} />
  if (!mayDo(me, name, 'create')) return <Failure error={new ApiProblem(403, {})} />
  const title = t('shell.goToKind.create', { title: entity.title })
  return (
    <div className="heddle-record">
      <Crumbs>
        <Link to="/list/$entity" params={{ entity: name }}>
          <ListTitle entity={entity} />
        </Link>
        <span aria-hidden>/</span>
        <span>{t('list.create')}</span>
      </Crumbs>
      <header className="heddle-record-head">
        <h1>{title}</h1>
      </header>
      <div ref={form} className="heddle-record-form heddle-record-new">
        <RecordForm
          release={release}
          entity={entity}
          initial={initial}
          onSaved={(record) => {
            const params = { entity: name, id: asText(record.id) ?? '' }
            void navigate({ to: '/record/$entity/$id', params, replace: true })
          }}
          onCancel={() => router.history.back()}
        />
      </div>
    </div>
  )
}

/** Puts the cursor into the first field; a touch screen would show its keyboard over the form. */
function useFocusInside(subject: string) {
  const root = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject is another form
  useEffect(() => {
    const isThere = root.current?.contains(document.activeElement)
    if (isThere || !matchMedia('(pointer: fine)').matches) return
    root.current?.querySelector<HTMLElement>('.heddle-place :is(input, textarea)')?.focus()
  }, [subject])
  return root
}

/** Values that the address proposes, as from the list of a related record. */
function parseValues(text: string | undefined): JsonObject {
  try {
    return asObject(JSON.parse(text ?? '{}'))
  } catch {
    return {}
  }
}
