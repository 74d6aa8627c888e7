import type { Entity } from '@heddle/metadata'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ApiProblem } from '../api/problem.ts'
import { useMedia } from '../shell/Appearance.tsx'
import { Crumbs } from '../shell/Crumbs.tsx'
import { Failure } from '../shell/Failure.tsx'
import { phoneQuery } from '../shell/layout.ts'
import { rememberList } from '../shell/recent.ts'
import { useRelease } from '../shell/session-context.ts'
import { ListTools } from './ListTools.tsx'
import { PeekPanel } from './PeekPanel.tsx'
import { RecordList } from './RecordList.tsx'
import { useList } from './use-list.ts'
import './list.css'

/** The records of an entity. */
export function ListPage() {
  const { entity: name } = useParams({ from: '/app/list/$entity' })
  const entity = useRelease().entity(name)
  if (entity === undefined) return <Failure error={new ApiProblem(404, {})} />
  return <EntityList key={entity.name} entity={entity} />
}

function EntityList({ entity }: { readonly entity: Entity }) {
  const isPhone = useMedia(phoneQuery)
  const list = useList(useRelease(), entity)
  useEffect(() => rememberList(entity.name), [entity.name])
  return (
    <div className="heddle-list">
      <Crumbs>
        <h1>{list.title}</h1>
      </Crumbs>
      <ListTools list={list} isPhone={isPhone} />
      <div className="heddle-list-body">
        <RecordList list={list} isPhone={isPhone} />
        {list.peek !== undefined && !isPhone && <PeekPanel list={list} id={list.peek} />}
      </div>
    </div>
  )
}
