import type { Metadata } from 'next'
import { z } from 'zod'
import { BackLink } from '@/app/components/back-link'
import { Moment } from '@/app/components/local-time'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeRegrade } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readRegrade } from '@/lib/regrading/data'
import { regradeDictionaries } from '../messages/dictionaries'
import { ChangedParts } from './changed-parts'
import { EffectView } from './effect-view'
import { MovedStudents } from './moved-students'
import { RegradeActions } from './regrade-actions'
import { regradeNumber } from './regrade-number'

export async function generateMetadata({
  params,
}: PageProps<'/courses/[course]/[assignment]/staff/regrades/[number]'>): Promise<Metadata> {
  const messages = regradeDictionaries[(await readPreferences()).language.interface]
  return { title: messages.number(regradeNumber((await params).number)) }
}

const querySchema = z.object({
  q: z.string().max(200).catch(''),
  page: z.coerce.number().int().min(1).catch(1),
})

/** A regrade with everything that it does, or did. */
export default async function RegradePage(
  props: PageProps<'/courses/[course]/[assignment]/staff/regrades/[number]'>,
) {
  const { course, assignment, number: given } = await props.params
  const number = regradeNumber(given)
  const page = `/courses/${course}/${assignment}/staff/regrades`
  const address = `${page}/${number}`
  const viewer = await requirePageViewer(address)
  const query = querySchema.parse(await props.searchParams)
  const language = (await readPreferences()).language.interface
  const messages = regradeDictionaries[language]
  const { regrade, role } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment, number }
    const access = await authorizeRegrade(viewer, where, 'regrade.draft')
    return { regrade: await readRegrade(access), role: access.role }
  })
  const { effect, attempts, changed, ...line } = regrade
  const applied = line.status === 'applied'
  const facts = [
    line.undoes && messages.undoes(line.undoes),
    line.undoneBy && messages.undoneBy(line.undoneBy),
    messages.writtenBy(line.authors.join(', ')),
    line.appliedBy && messages.appliedBy(line.appliedBy),
  ].filter(Boolean)
  return (
    <main id="content" className="page max-w-[60rem]">
      <BackLink href={page}>{messages.back}</BackLink>
      <h1 className="mt-1 flex flex-wrap items-baseline gap-x-4 text-28 font-[620] tracking-[-0.01em]">
        {messages.number(number)}
        <span data-testid="status" className={`text-17 ${applied ? 'text-accent' : 'text-warn'}`}>
          {messages.statuses[line.status]}
        </span>
      </h1>
      <p className="mt-1 text-13 text-quiet">
        <Moment iso={line.appliedAt ?? line.createdAt} /> · {facts.join(' · ')}
      </p>
      <dl className="mt-4 grid max-w-[68ch] gap-2">
        <div>
          <dt className="text-13 text-quiet">{messages.reason}</dt>
          {(['en', 'zh'] as const).map(
            (tongue) =>
              line.reason[tongue] && (
                <dd key={tongue} lang={tongue === 'zh' ? 'zh-Hant' : 'en'}>
                  {line.reason[tongue]}
                </dd>
              ),
          )}
        </div>
        {line.keyReason && (
          <div>
            <dt className="text-13 text-quiet">{messages.keyReason}</dt>
            <dd>{line.keyReason}</dd>
          </div>
        )}
      </dl>
      <RegradeActions
        page={page}
        mayApply={mayRole(role, 'regrade.apply')}
        regrade={{
          ...line,
          moved: effect.moved,
          contradicted: changed.some((part) => part.contradicted),
        }}
      />
      <ChangedParts parts={changed} language={language} messages={messages} />
      <EffectView
        effect={effect}
        applied={applied}
        messages={messages}
        fileName={`${assignment}-regrade-${number}-distribution`}
      />
      <MovedStudents
        attempts={attempts}
        applied={applied}
        q={query.q}
        page={query.page}
        address={address}
        csv={`/api/regrades/${line.regradeId}/scores`}
        language={language}
        messages={messages}
      />
    </main>
  )
}
