import type { Metadata } from 'next'
import Link from 'next/link'
import { BackLink } from '@/app/components/back-link'
import { BilingualText } from '@/app/components/bilingual-text'
import { Moment } from '@/app/components/local-time'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readAssignmentTitle } from '@/lib/courses/data'
import { readSwapOffers, readSwaps, readUsedModels } from '@/lib/model-swaps/data'
import type { SwapLine } from '@/lib/model-swaps/view'
import { studioDictionaries } from '../messages/dictionaries'
import { ChooseModels } from './choose-models'
import { type SwapMessages, swapDictionaries } from './messages'
import { OfferForm } from './offer-form'

export async function generateMetadata(): Promise<Metadata> {
  return { title: swapDictionaries[(await readPreferences()).language.interface].title }
}

/** Two models are chosen, one to take the other's place; below, what has been proposed and applied. */
export default async function SwapsPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/studio/models'>,
) {
  const { course, assignment } = await props.params
  const studio = `/courses/${course}/${assignment}/staff/studio`
  const address = `${studio}/models`
  const viewer = await requirePageViewer(address)
  const language = (await readPreferences()).language.interface
  const messages = swapDictionaries[language]
  const { from, to } = await props.searchParams
  const chosen = typeof from === 'string' && typeof to === 'string' && from !== to ? { from, to } : null
  const names = { courseSlug: course, assignmentSlug: assignment }
  const { title, swaps, editing } = await openPage(async () => {
    const access = await authorizeAssignment(viewer, names, 'question.read-key')
    const [title, swaps] = await Promise.all([readAssignmentTitle(access), readSwaps(access)])
    if (!mayRole(access.role, 'question.edit')) return { title, swaps, editing: null }
    const editor = await authorizeAssignment(viewer, names, 'question.edit')
    const [models, offers] = await Promise.all([
      readUsedModels(editor),
      chosen && readSwapOffers(editor, chosen),
    ])
    return { title, swaps, editing: { assignmentId: editor.assignmentId, models, offers } }
  })
  return (
    <main id="content" className="page max-w-[60rem]">
      <BackLink href={studio}>{studioDictionaries[language].list.back}</BackLink>
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{messages.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{messages.lead}</p>
      {editing && (
        <>
          <ChooseModels
            key={`${chosen?.from} ${chosen?.to}`}
            address={address}
            models={editing.models}
            chosen={chosen}
          />
          {chosen && editing.offers === null && <p className="mt-6 text-wrong">{messages.gone}</p>}
          {chosen && editing.offers && (
            <OfferForm
              key={`offers ${chosen.from} ${chosen.to}`}
              address={address}
              assignmentId={editing.assignmentId}
              {...chosen}
              offers={editing.offers}
            />
          )}
        </>
      )}
      <section aria-labelledby="swaps" className="mt-12">
        <h2 id="swaps" className="text-21 font-[580]">
          {messages.swaps}
        </h2>
        {swaps.length === 0 ? (
          <p className="case mt-4 px-6 py-10 text-center text-quiet">{messages.none}</p>
        ) : (
          <ul className="mt-4 border-t">
            {swaps.map((swap) => (
              <Line key={swap.swapId} swap={swap} address={address} messages={messages} />
            ))}
          </ul>
        )}
      </section>
    </main>
  )
}

function Line({ swap, address, messages }: { swap: SwapLine; address: string; messages: SwapMessages }) {
  const { number, status, from, to, author, questions, appliedAt, appliedBy, createdAt } = swap
  return (
    <li className="border-b py-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <Link href={`${address}/${number}`} className="link text-17 font-[560]">
          {messages.number(number)}
        </Link>
        <span className={status === 'proposed' ? 'font-[540] text-warn' : 'font-[540] text-quiet'}>
          {messages.statuses[status]}
        </span>
        <span className="ml-auto text-13 text-quiet">
          <Moment iso={appliedAt ?? createdAt} />
        </span>
      </div>
      <p className="mt-1 break-words">{messages.arrow(from, to)}</p>
      <p className="mt-0.5 text-13 text-quiet">
        {[messages.facts(questions, author), appliedBy && messages.appliedBy(appliedBy)]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </li>
  )
}
