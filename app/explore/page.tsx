import type { Metadata } from 'next'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeExplorer } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { listInstalled } from '@/lib/explorations/service'
import { ExplorerPage } from './explorer-page'
import { en } from './messages/en'
import { zh } from './messages/zh'

const titles = { zh: zh.title, en: en.title }

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await readPreferences()
  return { title: titles[language.interface] }
}

/** The language explorer: everything that it shows is in its address. */
export default async function ExplorePage(props: PageProps<'/explore'>) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(await props.searchParams)) {
    const last = Array.isArray(value) ? value.at(-1) : value
    if (last !== undefined) query.set(name, last)
  }
  const text = query.toString()
  const viewer = await requirePageViewer(text ? `/explore?${text}` : '/explore')
  await openPage(() => authorizeExplorer(viewer))
  const { models, corpora } = await listInstalled()
  return <ExplorerPage query={text} models={models} corpora={corpora} />
}
