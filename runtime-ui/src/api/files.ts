import { asObject, asText } from '@heddle/metadata'
import { ApiProblem } from './problem.ts'

/** Uploads a file and answers its id. @throws ApiProblem */
export async function uploadFile(file: Blob, name: string): Promise<string> {
  const form = new FormData()
  form.append('file', file, name)
  const response = await fetch('/api/files', { method: 'POST', body: form }).catch(() => undefined)
  if (response === undefined) throw new ApiProblem(0, { code: 'network' })
  const body = asObject(await response.json().catch(() => undefined))
  const id = asText(body.id)
  if (!response.ok || id === undefined) throw new ApiProblem(response.status, body)
  return id
}

/** Where a file is read. */
export function fileUrl(id: string): string {
  return `/api/files/${id}`
}
