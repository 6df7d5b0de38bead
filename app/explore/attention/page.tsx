import type { Metadata } from 'next'
import { readPreferences } from '@/app/preferences'
import { listInstalled } from '@/lib/explorations/service'
import { en } from '../messages/en'
import { zh } from '../messages/zh'
import { openRoom } from '../open-room'
import { readStudios } from '../studios'
import { AttentionPage } from './attention-page'

const titles = { zh: zh.title, en: en.title }

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await readPreferences()
  return { title: titles[language.interface] }
}

/** Everything that the room shows is in its address. */
export default async function AttentionRoom(props: PageProps<'/explore/attention'>) {
  const query = await openRoom('/explore/attention', props.searchParams)
  const [{ models, corpora }, studios] = await Promise.all([listInstalled(), readStudios()])
  return <AttentionPage query={query} models={models} corpora={corpora} studios={studios} />
}
