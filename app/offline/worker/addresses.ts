/** How a request is answered; see service-worker.ts for what each means. */
export type Treatment =
  | { readonly kind: 'page'; readonly key: string | null }
  | { readonly kind: 'static' | 'figure' | 'figure-state' | 'identity' | 'network' }

const attemptPage = /^(\/courses\/[^/]+\/[^/]+)\/(questions\/\d+|review)$/

/** One kept document serves all questions: each has the whole attempt, and the address says which is shown. */
export function documentKey(pathname: string): string | null {
  const [, assignment, page] = attemptPage.exec(pathname) ?? []
  return assignment && page ? `${assignment}/${page === 'review' ? 'review' : 'questions'}` : null
}

/** @param own origin of this site */
export function treatmentOf(request: Pick<Request, 'method' | 'mode' | 'url'>, own: string): Treatment {
  const { origin, pathname, searchParams } = new URL(request.url)
  if (origin !== own) return { kind: 'network' }
  if (/^\/api\/auth\/(signout|callback\/)/.test(pathname)) return { kind: 'identity' }
  if (request.method !== 'GET') return { kind: 'network' }
  if (pathname.startsWith('/_next/static/')) return { kind: 'static' }
  if (/^\/api\/figures\/[0-9a-f]{64}(\/assets\/[^/]+)?$/.test(pathname)) return { kind: 'figure' }
  if (pathname === '/api/figures' && searchParams.getAll('request').length === 1)
    return { kind: 'figure-state' }
  if (request.mode === 'navigate' && !pathname.startsWith('/api/'))
    return { kind: 'page', key: documentKey(pathname) }
  return { kind: 'network' }
}

/** @returns addresses of the scripts and styles that a document names. */
export function staticFilesOf(html: string): readonly string[] {
  return [...new Set(html.match(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g) ?? [])]
}
