import { ArrowRight } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { readPreferences } from '@/app/preferences'
import { en } from './messages/en'
import type { RoomName } from './messages/messages'
import { zh } from './messages/zh'
import { openRoom } from './open-room'
import { RoomSketch } from './room-sketch'

const dictionaries = { zh, en }
const rooms: readonly RoomName[] = ['attention', 'embedding-space', 'embedding-similarity']

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await readPreferences()
  return { title: dictionaries[language.interface].rooms.title }
}

/** The way to the rooms in which a language model can be explored. */
export default async function ExplorePage(props: PageProps<'/explore'>) {
  const query = await openRoom('/explore', props.searchParams)
  // A view of attention had this address before there were other rooms; links to it are still about.
  if (query) redirect(`/explore/attention?${query}`)
  const { language } = await readPreferences()
  const messages = dictionaries[language.interface].rooms
  return (
    <main id="content" className="mx-auto w-full max-w-[72rem] px-4 pt-8 pb-20 sm:px-6 lg:pt-14">
      <h1 className="text-28 font-[620] tracking-[-0.015em] sm:text-40">{messages.title}</h1>
      <p className="mt-3 max-w-[60ch] text-17 text-quiet">{messages.lead}</p>
      <ul className="mt-9 grid gap-5 md:grid-cols-3">
        {rooms.map((name) => (
          <li key={name} className="flex">
            <Link
              href={`/explore/${name}`}
              className="case group flex w-full flex-col transition-colors duration-120 hover:border-edge"
            >
              <span className="block border-b px-5 py-6">
                <RoomSketch room={name} />
              </span>
              <span className="flex flex-1 flex-col px-5 pt-4 pb-5">
                <span className="eyebrow">{messages[name].questions}</span>
                <span className="mt-1 block text-21 font-[580]">{messages[name].title}</span>
                <span className="mt-1.5 mb-5 block text-quiet">{messages[name].lead}</span>
                <span className="mt-auto inline-flex items-center gap-1.5 font-[550] text-accent">
                  {messages.enter}
                  <ArrowRight
                    size={16}
                    aria-hidden="true"
                    className="transition-transform duration-150 group-hover:translate-x-1"
                  />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </main>
  )
}
