import { useParams } from '@tanstack/react-router'
import { Crumbs } from '../shell/Crumbs.tsx'
import { useRelease } from '../shell/session-context.ts'

/** A new record of an entity. */
export function CreatePage() {
  const { entity: name } = useParams({ from: '/app/create/$entity' })
  const entity = useRelease().entity(name)
  return <Crumbs>{entity?.title}</Crumbs>
}
