import type { Metadata } from 'next'
import { readPreferences } from '@/app/preferences'
import { readMaterial } from '@/lib/explorations/material'
import { listInstalled } from '@/lib/explorations/service'
import { en } from '../messages/en'
import { zh } from '../messages/zh'
import { openRoom } from '../open-room'
import { SimilarityPage } from './similarity-page'

const titles = { zh: zh.rooms['embedding-similarity'].title, en: en.rooms['embedding-similarity'].title }

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await readPreferences()
  return { title: titles[language.interface] }
}

/** Everything that the room shows is in its address. */
export default async function EmbeddingSimilarityRoom(props: PageProps<'/explore/embedding-similarity'>) {
  const query = await openRoom('/explore/embedding-similarity', props.searchParams)
  const [material, { models }] = await Promise.all([readMaterial(), listInstalled()])
  return <SimilarityPage query={query} material={material} models={models} />
}
