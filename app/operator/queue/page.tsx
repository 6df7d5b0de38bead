import { clsx } from 'clsx'
import type { Metadata } from 'next'
import Link from 'next/link'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { number } from '@/app/messages/counting'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeSite } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readCoursesInLine, readJobs } from '@/lib/operations/jobs/data'
import { type JobFilter, jobFilterSchema, jobKinds } from '@/lib/operations/jobs/schema'
import { jobLineStates } from '@/lib/operations/view'
import { operatorDictionaries } from '../messages/messages'
import { RefreshInSight } from '../refresh-in-sight'
import { JobLines } from './job-lines'

export async function generateMetadata(): Promise<Metadata> {
  return { title: operatorDictionaries[(await readPreferences()).language.interface].queue }
}

/** The jobs of the queue, and the figures that failed. `?state=…&kind=…&course=…` chooses among them. */
export default async function QueuePage(props: PageProps<'/operator/queue'>) {
  const viewer = await requirePageViewer('/operator/queue')
  const words = operatorDictionaries[(await readPreferences()).language.interface]
  const filter = jobFilterSchema.parse(await props.searchParams)
  const { jobs, courses } = await openPage(async () => {
    const access = await authorizeSite(viewer, 'operations.read')
    const [jobs, courses] = await Promise.all([readJobs(access, filter), readCoursesInLine(access)])
    return { jobs, courses }
  })
  const all = Object.values(jobs.counts).reduce((sum, count) => sum + count, 0)
  return (
    <main id="content" className="page">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1 className="text-28 font-[620] tracking-[-0.01em]">{words.queue}</h1>
        <RefreshInSight at={new Date().toISOString()} />
      </div>
      <p className="mt-2 max-w-[68ch] text-quiet">{words.queueLead}</p>
      <ul className="mt-6 flex flex-wrap gap-2">
        {([undefined, ...jobLineStates] as const).map((state) => (
          <li key={state ?? 'all'}>
            <Link
              href={addressOf({ ...filter, state })}
              {...(filter.state === state && { 'aria-current': 'true' as const })}
              className={clsx(
                'numbers inline-flex min-h-9 items-center gap-1.5 rounded-full border px-3 text-13 font-[520]',
                filter.state === state
                  ? 'border-accent bg-accent-soft text-accent'
                  : 'text-quiet hover:text-ink',
              )}
            >
              {words.states[state ?? 'all']}
              <span>{number(state ? jobs.counts[state] : all)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <form method="get" className="mt-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        {filter.state && <input type="hidden" name="state" value={filter.state} />}
        <Choice name="kind" label={words.kind} any={words.anyKind} value={filter.kind}>
          {jobKinds.map((kind) => [kind, words.jobKinds[kind]])}
        </Choice>
        <Choice name="course" label={words.course} any={words.anyCourse} value={filter.course}>
          {courses.map((slug) => [slug, slug])}
        </Choice>
        <button type="submit" className="button max-sm:justify-self-start">
          {words.show}
        </button>
      </form>
      <ReadyFieldset>
        <JobLines jobs={jobs} />
      </ReadyFieldset>
    </main>
  )
}

function addressOf(filter: JobFilter): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
  return query.size === 0 ? '/operator/queue' : `/operator/queue?${query}`
}

function Choice({
  name,
  label,
  any,
  value,
  children,
}: {
  name: string
  label: string
  any: string
  value: string | undefined
  children: readonly (readonly [value: string, name: string])[]
}) {
  return (
    <label className="min-w-0 text-13 text-quiet sm:min-w-40">
      {label}
      <select name={name} defaultValue={value ?? ''} className="field mt-1 text-ink">
        <option value="">{any}</option>
        {children.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
