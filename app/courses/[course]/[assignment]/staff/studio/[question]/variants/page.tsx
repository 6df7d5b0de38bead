import type { Metadata } from 'next'
import { BackLink } from '@/app/components/back-link'
import { BilingualText } from '@/app/components/bilingual-text'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment, authorizeQuestion } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readAssignment } from '@/lib/courses/data'
import { readLatestQuestions } from '@/lib/questions/data'
import { readEditedQuestion } from '@/lib/studio/data'
import { readMeasurablePictures } from '@/lib/studio/service'
import { countCarried } from '@/lib/variants/carrying/data'
import { readVariants } from '@/lib/variants/data'
import { variantDictionaries } from './messages'
import { VariantDesk } from './variant-desk'

export async function generateMetadata(
  props: PageProps<'/courses/[course]/[assignment]/staff/studio/[question]/variants'>,
): Promise<Metadata> {
  const { question } = await props.params
  return { title: variantDictionaries[(await readPreferences()).language.interface].title(question) }
}

/** The same question on other pictures: their texts, what was measured of each, and which of them students may get. */
export default async function VariantsPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/studio/[question]/variants'>,
) {
  const { course, assignment, question: slug } = await props.params
  const address = `/courses/${course}/${assignment}/staff/studio/${slug}`
  const viewer = await requirePageViewer(`${address}/variants`)
  const messages = variantDictionaries[(await readPreferences()).language.interface]
  const { view, published, variants, pictures, carried } = await openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment }
    const [access, listing] = await Promise.all([
      authorizeQuestion(viewer, { ...names, questionSlug: slug }, 'question.edit'),
      authorizeAssignment(viewer, names, 'question.edit'),
    ])
    const [{ published }, variants, shown, pictures, carried] = await Promise.all([
      readEditedQuestion(access),
      readVariants(access),
      readLatestQuestions(listing.assignmentId),
      readMeasurablePictures(access.courseId),
      countCarried(access),
    ])
    return { view: (await readAssignment(listing, shown)).view, published, variants, pictures, carried }
  })
  return (
    <main id="content" className="page">
      <BackLink href={address}>{messages.back}</BackLink>
      <p className="eyebrow">
        <BilingualText text={view.title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">
        {messages.title(published?.draft.label ?? slug)}
      </h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{messages.lead}</p>
      {variants ? (
        <VariantDesk courseSlug={course} assignment={view} given={variants} pictures={pictures} />
      ) : (
        <p className="case mt-6 px-5 py-6">
          {carried > 0 ? messages.carried(carried) : messages.unpublished}
        </p>
      )}
    </main>
  )
}
