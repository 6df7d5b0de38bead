import { openPage } from '@/app/open-page'
import { authorizeExplorer } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'

type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>

/** Lets members of a course into a room. @returns the address's query, of repeated names the last. */
export async function openRoom(path: string, searchParams: SearchParams): Promise<string> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(await searchParams)) {
    const last = Array.isArray(value) ? value.at(-1) : value
    if (last !== undefined) query.set(name, last)
  }
  const text = query.toString()
  const viewer = await requirePageViewer(text ? `${path}?${text}` : path)
  await openPage(() => authorizeExplorer(viewer))
  return text
}
