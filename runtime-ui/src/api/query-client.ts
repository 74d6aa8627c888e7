import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './problem.ts'

/** The cache of everything read from the engine. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetSession }),
  defaultOptions: {
    queries: { staleTime: 30_000, retry: (failures, error) => failures < 2 && isPassing(error) },
    mutations: { networkMode: 'always' },
  },
})

/** True for failures that may be gone at the next try. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 503)
}

/** A session that ended elsewhere ends here too. */
function forgetSession(error: unknown, query: { readonly queryKey: readonly unknown[] }): void {
  if (!(error instanceof ApiProblem) || error.status !== 401 || query.queryKey[0] === 'me') return
  void queryClient.invalidateQueries({ queryKey: ['me'] })
}
