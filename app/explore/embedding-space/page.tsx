import type { Metadata } from 'next'
import { readPreferences } from '@/app/preferences'
import { readMaterial } from '@/lib/explorations/material'
import { listInstalled } from '@/lib/explorations/service'
import { en } from '../messages/en'
import { zh } from '../messages/zh'
import { openRoom } from '../open-room'
import { SpacePage } from './space-page'

const titles = { zh: zh.rooms['embedding-space'].title, en: en.rooms['embedding-space'].title }

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await readPreferences()
  return { title: titles[language.interface] }
}

/** Everything that the room shows is in its address. */
export default async function EmbeddingSpaceRoom(props: PageProps<'/explore/embedding-space'>) {
  const query = await openRoom('/explore/embedding-space', props.searchParams)
  const [material, { answeringModels }] = await Promise.all([readMaterial(), listInstalled()])
  return <SpacePage query={query} material={material} models={answeringModels} />
}
