import type { Metadata } from 'next'
import Link from 'next/link'
import { BilingualText } from '@/app/components/bilingual-text'
import { bankDictionaries } from '@/app/messages/course-desk/bank'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeCourse } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readCourse } from '@/lib/authoring/data'
import { readCopyTargets, searchBank } from '@/lib/bank/data'
import { type BankQuery, bankQuerySchema, figureLayouts } from '@/lib/bank/schema'
import { topicSchema } from '@/lib/questions/content'
import { VERDICTS } from '@/lib/verification/part-verdict'
import { BankFilters } from './bank-filters'
import { BankList } from './bank-list'

export async function generateMetadata(): Promise<Metadata> {
  return { title: bankDictionaries[(await readPreferences()).language.interface].title }
}

const choices = { topics: topicSchema.options, figures: figureLayouts, verdicts: VERDICTS }

/** The questions of the course and of the viewer's others. The address says what is searched, and can be sent to somebody. */
export default async function BankPage(props: PageProps<'/courses/[course]/staff/bank'>) {
  const { course } = await props.params
  const address = `/courses/${course}/staff/bank`
  const viewer = await requirePageViewer(address)
  const words = bankDictionaries[(await readPreferences()).language.interface]
  // A form sends what was left open as an empty text.
  const given = Object.entries(await props.searchParams).filter(([, value]) => value !== '')
  const query = bankQuerySchema.parse(Object.fromEntries(given))
  const { title, page, targets } = await openPage(async () => {
    const access = await authorizeCourse(viewer, course, 'question.bank')
    const [details, page, targets] = await Promise.all([
      readCourse(access),
      searchBank(access, query),
      readCopyTargets(access),
    ])
    return { title: details.title, page, targets }
  })
  return (
    <main id="content" className="page">
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{words.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{words.lead}</p>
      <BankFilters key={JSON.stringify(query)} address={address} query={query} page={page} all={choices} />
      <p role="status" className="numbers mt-6 font-[540]">
        {words.found(page.found)}
      </p>
      {page.questions.length === 0 ? (
        <p className="case mt-4 px-6 py-10 text-center text-quiet">{words.none}</p>
      ) : (
        <BankList key={JSON.stringify(query)} questions={page.questions} targets={targets} />
      )}
      {page.pages > 1 && (
        <nav aria-label={words.pages} className="mt-6 flex items-center justify-center gap-4">
          {query.page > 1 && (
            <Link className="button" href={addressOf(address, query, query.page - 1)}>
              {words.before}
            </Link>
          )}
          <span className="numbers text-13 text-quiet">{words.page(query.page, page.pages)}</span>
          {query.page < page.pages && (
            <Link className="button" href={addressOf(address, query, query.page + 1)}>
              {words.after}
            </Link>
          )}
        </nav>
      )}
    </main>
  )
}

function addressOf(address: string, query: BankQuery, page: number): string {
  const said = Object.entries({ ...query, page }).filter(([, value]) => value !== undefined && value !== '')
  return `${address}?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}`
}
