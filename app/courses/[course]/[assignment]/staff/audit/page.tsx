import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { BilingualText } from '@/app/components/bilingual-text'
import { Moment } from '@/app/components/local-time'
import { deskDictionaries } from '@/app/messages/staff-desk/dictionaries'
import type { DeskMessages } from '@/app/messages/staff-desk/messages'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { readAudit } from '@/lib/audit/data'
import { auditQuerySchema } from '@/lib/audit/schema'
import type { AuditLine } from '@/lib/audit/view'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readAssignmentTitle } from '@/lib/courses/data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: deskDictionaries[(await readPreferences()).language.interface].audit.title }
}

/** The assignment's history. A form and links: the address says what is shown, and can be sent to somebody. */
export default async function AuditPage(props: PageProps<'/courses/[course]/[assignment]/staff/audit'>) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}/staff/audit`
  const viewer = await requirePageViewer(address)
  const words = deskDictionaries[(await readPreferences()).language.interface].audit
  // An address that was cut or mistyped shows the newest lines.
  const query = auditQuerySchema.catch({ q: '' }).parse(await props.searchParams)
  const { access, page, title } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, where, 'assignment.audit')
    const [page, title] = await Promise.all([readAudit(access, query), readAssignmentTitle(access)])
    return { access, page, title }
  })
  const search = new URLSearchParams(query.q ? { q: query.q } : {})
  const withSearch = (more: Record<string, string>) =>
    `?${new URLSearchParams({ ...Object.fromEntries(search), ...more })}`
  return (
    <main id="content" className="page">
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{words.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{words.lead}</p>
      <div className="no-print mt-5 flex flex-wrap items-center gap-3">
        <form method="get" action={address} className="flex min-w-64 flex-1 gap-2 sm:max-w-md">
          <input
            type="search"
            name="q"
            defaultValue={query.q}
            maxLength={200}
            aria-label={words.search}
            placeholder={words.searchHint}
            className="field"
          />
          <button type="submit" className="button shrink-0 whitespace-nowrap">
            {words.find}
          </button>
        </form>
        <a className="tool" href={`/api/assignments/${access.assignmentId}/audit?${search}`} download>
          <Download size={15} aria-hidden="true" />
          {words.export}
        </a>
      </div>
      {page.lines.length === 0 ? (
        <p className="case mt-5 px-6 py-10 text-center text-quiet">{words.none}</p>
      ) : (
        <AuditList lines={page.lines} words={words} />
      )}
      <p className="no-print mt-6 flex justify-center gap-3">
        {query.before && (
          <Link className="button" href={`${address}?${search}`}>
            {words.newest}
          </Link>
        )}
        {page.next && (
          <Link className="button" href={`${address}${withSearch({ before: page.next })}`}>
            {words.older}
          </Link>
        )}
      </p>
    </main>
  )
}

/** Each with when, who, what, about what, and the fields that changed; side by side where there is room. */
function AuditList({ lines, words }: { lines: readonly AuditLine[]; words: DeskMessages['audit'] }) {
  return (
    <ol aria-label={words.title} className="mt-4 border-t">
      {lines.map((line) => (
        <li
          key={line.id}
          className="grid gap-x-6 gap-y-2 border-b py-3 sm:grid-cols-2 lg:grid-cols-[9rem_minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1.6fr)]"
        >
          <div className="flex flex-wrap gap-x-3 text-13 lg:block">
            <Moment iso={line.at} />
            {line.requestId && (
              <Link
                href={`?q=${encodeURIComponent(line.requestId)}`}
                prefetch={false}
                title={`${words.requestHint}: ${line.requestId}`}
                className="link flex min-h-6 w-fit items-center"
              >
                <span className="text-quiet">{words.request}</span>
                <code className="ml-1">{line.requestId.slice(0, 8)}</code>
              </Link>
            )}
          </div>
          <div className="min-w-0 break-words">
            <Actor line={line} words={words} />
          </div>
          <div className="min-w-0 break-words">
            <p className="font-[540]">
              {isKnown(line.action, words.actions) ? words.actions[line.action] : line.action}
            </p>
            {isKnown(line.action, words.actions) && (
              <code className="block text-13 text-quiet">{line.action}</code>
            )}
            <p className="mt-1">
              {line.about ?? <code className="text-13 break-all text-quiet">{line.subject}</code>}
            </p>
          </div>
          <div className="grid min-w-0 content-start gap-2">
            <Change label={words.before} value={line.before} beside={line.after} />
            <Change label={words.after} value={line.after} beside={line.before} />
          </div>
        </li>
      ))}
    </ol>
  )
}

function isKnown<Action extends string>(
  action: string,
  words: Readonly<Record<Action, string>>,
): action is Action {
  return action in words
}

/** Who did it; below, in whose place, where not as oneself. */
function Actor({ line: { actor, actingAs }, words }: { line: AuditLine; words: DeskMessages['audit'] }) {
  if (!actor) return <span className="text-quiet">{actingAs ? words.actingAs(actingAs) : words.nobody}</span>
  return (
    <>
      {actor.name}
      <span className="block text-13 text-quiet">{actor.email}</span>
      {actingAs && <span className="block text-13 text-warn">{words.actingAs(actingAs)}</span>}
    </>
  )
}

/**
 * The fields of a change, one a line; a long value (a hash) is shortened, and whole in the export.
 * @param beside the change's other side: what is empty in both is left out
 */
function Change({ label, value, beside }: { label: string; value: unknown; beside: unknown }) {
  if (value === null || value === undefined) return null
  const others = new Map(fieldsOf(beside))
  const told = fieldsOf(value).filter(([name, field]) => !isEmpty(field) || !isEmpty(others.get(name)))
  return (
    <div className="min-w-0 text-13">
      <span className="text-quiet">{label}</span>
      <ul>
        {told.map(([name, field]) => (
          <li key={name} className="wrap-anywhere">
            {name && <span className="text-quiet">{name}: </span>}
            <span className="numbers">{isEmpty(field) ? '–' : shorten(field)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function fieldsOf(value: unknown): [name: string, field: unknown][] {
  if (value === null || value === undefined) return []
  return typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [['', value]]
}

const isEmpty = (field: unknown) =>
  field === undefined || field === null || field === '' || (Array.isArray(field) && field.length === 0)

const longest = 60

function shorten(field: unknown): string {
  const text = typeof field === 'string' ? field : JSON.stringify(field)
  if (/^[0-9a-f]{32,}$/.test(text)) return `${text.slice(0, 10)}…`
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
