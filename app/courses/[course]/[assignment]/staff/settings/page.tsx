import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { courseDictionaries } from '@/app/messages/course-desk/courses'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readAssignmentDetails } from '@/lib/authoring/data'
import { AssignmentSettingsForm } from './assignment-settings-form'
import { DeleteAssignment } from './delete-assignment'

export async function generateMetadata(): Promise<Metadata> {
  return { title: courseDictionaries[(await readPreferences()).language.interface].assignmentSettings }
}

/** What the assignment is called, who sees it, its file, and its end. */
export default async function AssignmentSettingsPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/settings'>,
) {
  const { course, assignment } = await props.params
  const viewer = await requirePageViewer(`/courses/${course}/${assignment}/staff/settings`)
  const words = courseDictionaries[(await readPreferences()).language.interface]
  const details = await openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment }
    return readAssignmentDetails(await authorizeAssignment(viewer, names, 'assignment.settings'))
  })
  return (
    <main id="content" className="page max-w-[44rem]">
      <p className="eyebrow">
        <BilingualText text={details.title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{words.assignmentSettings}</h1>
      <p className="mt-2 text-quiet">{words.assignmentSettingsLead}</p>
      <ReadyFieldset>
        <AssignmentSettingsForm course={course} assignment={details} />
        {details.questions > 0 && (
          <section className="mt-14" aria-labelledby="export">
            <h2 id="export" className="text-21 font-[580]">
              {words.exportFile}
            </h2>
            <p className="mt-1 text-quiet">{words.exportLead}</p>
            <p className="mt-4 flex flex-wrap gap-3">
              <a href={`/api/assignments/${details.assignmentId}/file`} className="button" download>
                {words.download}
              </a>
              <a href={`/api/assignments/${details.assignmentId}/package`} className="button" download>
                {words.downloadPackage}
              </a>
            </p>
          </section>
        )}
        <DeleteAssignment course={course} assignment={details} />
      </ReadyFieldset>
    </main>
  )
}
