import type { Metadata } from 'next'
import Link from 'next/link'
import { BilingualText } from '@/app/components/bilingual-text'
import { Moment } from '@/app/components/local-time'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { readQueue } from '@/lib/appeals/data'
import { type QueueQuery, queueQuerySchema } from '@/lib/appeals/schema'
import type { AppealGroup, AppealLine } from '@/lib/appeals/view'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readAssignmentTitle } from '@/lib/courses/data'
import { appealDictionaries } from './messages/dictionaries'
import type { AppealMessages } from './messages/messages'

export async function generateMetadata(): Promise<Metadata> {
  return { title: appealDictionaries[(await readPreferences()).language.interface].title }
}

/** What students ask about their scores: a queue that several people work on. */
export default async function AppealsPage(props: PageProps<'/courses/[course]/[assignment]/staff/appeals'>) {
  const { course, assignment } = await props.params
  const query = queueQuerySchema.parse(await props.searchParams)
  const staff = `/courses/${course}/${assignment}/staff`
  const address = `${staff}/appeals`
  const viewer = await requirePageViewer(address)
  const messages = appealDictionaries[(await readPreferences()).language.interface]
  const { title, queue } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, where, 'appeal.answer')
    const [title, queue] = await Promise.all([readAssignmentTitle(access), readQueue(access, query)])
    return { title, queue }
  })
  const linkTo = (changed: Partial<QueueQuery>) => addressOf(address, { ...query, page: 1, ...changed })
  const isSinglePart = query.part !== undefined
  return (
    <main id="content" className="page max-w-[60rem]">
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{messages.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{messages.lead}</p>
      {queue.groups.length > 0 && (
        <Groups
          groups={queue.groups}
          linkTo={(part) => linkTo({ part })}
          regrades={`${staff}/regrades/new`}
          messages={messages}
        />
      )}
      <nav aria-label={messages.filter} className="mt-7 flex flex-wrap items-center gap-x-2 gap-y-1">
        {(['open', 'claimed', 'answered', 'all'] as const).map((state) => (
          <Link
            key={state}
            href={linkTo({ state })}
            className="tool border"
            {...(state === query.state && { 'aria-current': 'page' as const })}
          >
            {messages.filters[state]} <span className="numbers">{queue.counts[state]}</span>
          </Link>
        ))}
        {isSinglePart && (
          <Link href={linkTo({ part: undefined })} className="link ml-2 text-13">
            {messages.allParts}
          </Link>
        )}
      </nav>
      {queue.lines.length === 0 ? (
        <p className="case mt-5 px-6 py-10 text-center text-quiet">{messages.none[query.state]}</p>
      ) : (
        <ul className="mt-4 border-t">
          {queue.lines.map((line) => (
            <Line key={line.appealId} line={line} address={address} messages={messages} />
          ))}
        </ul>
      )}
      {queue.pages > 1 && (
        <p className="mt-5 flex flex-wrap items-center justify-center gap-4 text-13">
          {query.page > 1 && (
            <Link href={linkTo({ page: query.page - 1 })} className="button">
              {messages.older}
            </Link>
          )}
          <span className="numbers text-quiet">{messages.pageOf(query.page, queue.pages)}</span>
          {query.page < queue.pages && (
            <Link href={linkTo({ page: query.page + 1 })} className="button">
              {messages.newer}
            </Link>
          )}
        </p>
      )}
    </main>
  )
}

function addressOf(address: string, { state, part, page }: QueueQuery): string {
  const query = new URLSearchParams({
    ...(state !== 'open' && { state }),
    ...(part !== undefined && { part }),
    ...(page > 1 && { page: String(page) }),
  })
  return query.size > 0 ? `${address}?${query}` : address
}

function Groups({
  groups,
  linkTo,
  regrades,
  messages,
}: {
  groups: readonly AppealGroup[]
  linkTo: (partId: string) => string
  /** The page that drafts one. */
  regrades: string
  messages: AppealMessages
}) {
  return (
    <section
      className="mt-6 rounded-card border border-warn/40 bg-warn-soft px-5 py-4"
      aria-labelledby="several"
    >
      <h2 id="several" className="text-17 font-[580]">
        {messages.several}
      </h2>
      <ul className="mt-1">
        {groups.map(({ partId, label, students }) => (
          <li key={partId} className="flex flex-wrap items-center gap-x-4 py-1">
            <span>
              <span className="font-[560]">Q{label}</span> · {messages.waiting(students)}
            </span>
            <Link href={linkTo(partId)} className="link">
              {messages.onlyPart(label)}
            </Link>
            <Link href={`${regrades}?part=${encodeURIComponent(partId)}`} className="link">
              {messages.regrade(label)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Line({
  line: { appealId, label, student, attemptNumber, askedAt, text, state, holder },
  address,
  messages,
}: {
  line: AppealLine
  address: string
  messages: AppealMessages
}) {
  return (
    <li className="border-b py-3.5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <Link href={`${address}/${appealId}`} className="link text-17 font-[560]">
          Q{label} · {student.name}
        </Link>
        <span className={state === 'open' ? 'text-13 font-[560] text-warn' : 'text-13 text-quiet'}>
          {messages.states[state]}
          {holder && (
            <>
              , {messages.heldBy(holder.name, holder.isViewer)} {messages.until} <Moment iso={holder.until} />
            </>
          )}
        </span>
        <span className="ml-auto text-13 text-quiet">
          {attemptNumber > 1 && `${messages.attempt(attemptNumber)} · `}
          <Moment iso={askedAt} />
        </span>
      </div>
      <p className="mt-0.5 line-clamp-2 max-w-[68ch] break-words text-quiet">{text}</p>
    </li>
  )
}
