import { useParams } from '@tanstack/react-router'
import { Crumbs } from '../shell/Crumbs.tsx'
import { useRelease } from '../shell/session-context.ts'

/** One record. */
export function RecordPage() {
  const { entity: name } = useParams({ from: '/app/record/$entity/$id' })
  const entity = useRelease().entity(name)
  return <Crumbs>{entity?.title}</Crumbs>
}
