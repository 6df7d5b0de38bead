import type { Metadata } from 'next'
import Link from 'next/link'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { previewAssignment } from '@/lib/courses/mutations'
import { AssignmentFront } from '../../assignment-front'
import { ResultSheet } from '../../result/result-sheet'
import { datesDictionaries } from '../dates/messages/dictionaries'
import { MomentChooser } from './moment-chooser'
import { ReleaseState } from './release-state'

export async function generateMetadata(): Promise<Metadata> {
  return { title: datesDictionaries[(await readPreferences()).language.interface].seeAs }
}

/** An assignment as one student sees it, now or at another moment. Nothing on it can be pressed; that it was looked at is noted. */
export default async function PreviewPage(props: PageProps<'/courses/[course]/[assignment]/staff/preview'>) {
  const { course, assignment } = await props.params
  const query = await props.searchParams
  const address = `/courses/${course}/${assignment}`
  const viewer = await requirePageViewer(`${address}/staff/preview?student=${query.student}`)
  const { messages, language } = await readPreferences()
  const asked = new Date(String(query.at ?? ''))
  const at = Number.isNaN(asked.getTime()) ? new Date() : asked
  const { name, page, releases, result } = await openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, names, 'student.preview')
    return previewAssignment(access, String(query.student), at)
  })
  const texts = datesDictionaries[language.interface]
  return (
    <main id="content" className="page max-w-[60rem]">
      <div className="mb-10 rounded-card border border-warn/40 bg-warn-soft px-5 py-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <h2 className="font-[560]">{texts.preview.title(name)}</h2>
          <Link href={`${address}/staff`} className="link text-13">
            {texts.back}
          </Link>
        </div>
        <p className="mt-1 text-13">{texts.preview.hint}</p>
        <MomentChooser at={at.toISOString()} student={String(query.student)} />
        <ReleaseState releases={releases} now={at.toISOString()} />
      </div>
      <AssignmentFront
        page={page}
        messages={messages}
        address={null}
        student
        action={<p className="text-quiet">{texts.preview.steps[page.step.kind]}</p>}
      />
      {result?.score && (
        <div className="mt-16 border-t pt-10">
          <ResultSheet result={result} score={result.score} messages={messages} language={language} preview />
        </div>
      )}
    </main>
  )
}
