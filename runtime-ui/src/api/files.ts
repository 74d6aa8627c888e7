import { asObject, asText } from '@heddle/metadata'
import { queryOptions } from '@tanstack/react-query'
import { ApiProblem } from './problem.ts'

/** What is known of an uploaded file. */
export interface FileFacts {
  readonly name: string
  /** Media type. */
  readonly type: string
  /** Bytes. */
  readonly size: number
}

/** Where a file is read. */
export function fileUrl(id: string): string {
  return `/api/files/${id}`
}

/** Name, type and size of a file; the record only keeps its id. */
export function fileQuery(id: string) {
  return queryOptions({
    queryKey: ['files', id],
    queryFn: async ({ signal }): Promise<FileFacts> => {
      const answer = await fetch(fileUrl(id), { method: 'HEAD', signal })
      if (!answer.ok) throw new ApiProblem(answer.status, {})
      return readFacts(answer.headers)
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

interface UploadTerms {
  /** Called with the share that is sent, from 0 to 1. */
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

/** Uploads a file and answers its id and what is known of it. @throws ApiProblem */
export function uploadFile(
  file: File,
  { onProgress, signal }: UploadTerms,
): Promise<FileFacts & { readonly id: string }> {
  const form = new FormData()
  form.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    // Only this old interface tells how much is sent.
    const call = new XMLHttpRequest()
    call.open('POST', '/api/files')
    call.responseType = 'json'
    call.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total))
    call.addEventListener('error', () => reject(new ApiProblem(0, { code: 'network' })))
    call.addEventListener('abort', () => reject(new ApiProblem(0, { code: 'aborted' })))
    call.addEventListener('load', () => {
      const body = asObject(call.response)
      const id = asText(body.id)
      if (call.status !== 201 || id === undefined) return reject(new ApiProblem(call.status, body))
      const facts = { name: asText(body.name) ?? file.name, type: asText(body.type) ?? '', size: Number(body.size) }
      resolve({ id, ...facts })
    })
    signal.addEventListener('abort', () => call.abort())
    call.send(form)
  })
}

/** What the headers of a download say; the name is in the form of RFC 5987. */
export function readFacts(headers: Headers): FileFacts {
  const [, encoded = ''] = /filename\*=UTF-8''([^;]+)/.exec(headers.get('content-disposition') ?? '') ?? []
  return {
    name: decodeURIComponent(encoded),
    type: (headers.get('content-type') ?? '').split(';')[0] ?? '',
    size: Number(headers.get('content-length') ?? 0),
  }
}
