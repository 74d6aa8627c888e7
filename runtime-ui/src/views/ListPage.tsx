import { useParams } from '@tanstack/react-router'
import { Crumbs } from '../shell/Crumbs.tsx'
import { useRelease } from '../shell/session-context.ts'

/** The records of an entity. */
export function ListPage() {
  const { entity: name } = useParams({ from: '/app/list/$entity' })
  const entity = useRelease().entity(name)
  return <Crumbs>{entity?.title}</Crumbs>
}
