/** Of Next's list of routes (`.next/routes-manifest.json`), what names need. */
export interface RoutesManifest {
  readonly staticRoutes: readonly { readonly page: string }[]
  /** The more special ones first. */
  readonly dynamicRoutes: readonly { readonly page: string; readonly regex: string }[]
}

/**
 * Names addresses by their route, so that metrics have one row for all attempts: `/api/attempts/{attemptId}`. There are as
 * many names as routes; whatever is none of them is `other`.
 */
export function routeNames(manifest: RoutesManifest): (url: string) => string {
  const fixed = new Set(manifest.staticRoutes.map(({ page }) => page))
  const dynamic = manifest.dynamicRoutes.map(({ page, regex }) => ({
    address: new RegExp(regex),
    name: page.replaceAll(/\[\[?(?:\.\.\.)?(\w+)\]?\]/g, '{$1}'),
  }))
  return (url) => {
    const end = url.indexOf('?')
    const path = end < 0 ? url : url.slice(0, end)
    if (fixed.has(path)) return path
    if (path.startsWith('/_next/')) return '/_next'
    return dynamic.find(({ address }) => address.test(path))?.name ?? 'other'
  }
}
