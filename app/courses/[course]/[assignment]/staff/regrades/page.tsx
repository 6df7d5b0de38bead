import type { Metadata } from 'next'
import Link from 'next/link'
import { BilingualText } from '@/app/components/bilingual-text'
import { Moment } from '@/app/components/local-time'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readRegrades } from '@/lib/regrading/data'
import type { RegradeLine } from '@/lib/regrading/view'
import { ExportLine } from './export-line'
import { regradeDictionaries } from './messages/dictionaries'
import type { RegradeMessages } from './messages/messages'
import { SecondPerson } from './second-person'

export async function generateMetadata(): Promise<Metadata> {
  return { title: regradeDictionaries[(await readPreferences()).language.interface].title }
}

/** Every regrade of the assignment, the latest first. */
export default async function RegradesPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/regrades'>,
) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}/staff/regrades`
  const viewer = await requirePageViewer(address)
  const messages = regradeDictionaries[(await readPreferences()).language.interface]
  const { access, list } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, where, 'regrade.draft')
    return { access, list: await readRegrades(access) }
  })
  return (
    <main id="content" className="page max-w-[60rem]">
      <p className="eyebrow">
        <BilingualText text={list.title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{messages.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{messages.lead}</p>
      <p className="mt-5">
        <Link href={`${address}/new`} className="button button-accent">
          {messages.draftNew}
        </Link>
      </p>
      <p className="mt-6 max-w-[68ch] text-13 text-quiet">
        <ExportLine exported={list.exported} />
      </p>
      {list.regrades.length === 0 ? (
        <p className="case mt-5 px-6 py-10 text-center text-quiet">{messages.none}</p>
      ) : (
        <ul className="mt-5 border-t">
          {list.regrades.map((regrade) => (
            <Line key={regrade.regradeId} regrade={regrade} address={address} messages={messages} />
          ))}
        </ul>
      )}
      {mayRole(access.role, 'regrade.apply') && (
        <div className="mt-8 border-t pt-4">
          <SecondPerson assignmentId={access.assignmentId} needsSecond={list.needsSecond} />
        </div>
      )}
    </main>
  )
}

function Line({
  regrade,
  address,
  messages,
}: {
  regrade: RegradeLine
  address: string
  messages: RegradeMessages
}) {
  const { effect, policies, statuses } = messages
  const facts = [
    regrade.undoes && messages.undoes(regrade.undoes),
    regrade.undoneBy && messages.undoneBy(regrade.undoneBy),
    regrade.moved !== null && messages.movedCount(regrade.moved),
    messages.writtenBy(regrade.authors.join(', ')),
    regrade.appliedBy && messages.appliedBy(regrade.appliedBy),
  ].filter(Boolean)
  return (
    <li className="border-b py-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <Link href={`${address}/${regrade.number}`} className="link text-17 font-[560]">
          {messages.number(regrade.number)}
        </Link>
        <span className={regrade.status === 'draft' ? 'font-[540] text-warn' : 'font-[540] text-quiet'}>
          {statuses[regrade.status]}
        </span>
        <span className="ml-auto text-13 text-quiet">
          <Moment iso={regrade.appliedAt ?? regrade.createdAt} />
        </span>
      </div>
      <p className="mt-1">
        {regrade.parts.map(({ label, policy }) => effect.ofItem(label, policies[policy])).join(' · ')}
      </p>
      <p className="mt-0.5 text-13 text-quiet">{facts.join(' · ')}</p>
    </li>
  )
}
