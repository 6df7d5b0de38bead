import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { pictureDictionaries } from '@/app/messages/course-desk/pictures'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeCourse } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readCourse } from '@/lib/authoring/data'
import { readPictures } from '@/lib/pictures/data'
import { readBundledLines } from '@/lib/pictures/service'
import { PictureCards, PictureGrid } from './picture-grid'
import { PictureSetForm } from './picture-set-form'
import { PictureUploads } from './picture-uploads'

export async function generateMetadata(): Promise<Metadata> {
  return { title: pictureDictionaries[(await readPreferences()).language.interface].title }
}

/** Pictures of a course: its own, a way for more, and the bundled ones. */
export default async function PicturesPage(props: PageProps<'/courses/[course]/staff/pictures'>) {
  const { course } = await props.params
  const address = `/courses/${course}/staff/pictures`
  const viewer = await requirePageViewer(address)
  const words = pictureDictionaries[(await readPreferences()).language.interface]
  const { details, pictures, bundled, mayEdit } = await openPage(async () => {
    const access = await authorizeCourse(viewer, course, 'picture.read')
    const [details, pictures, bundled] = await Promise.all([
      readCourse(access),
      readPictures(access.courseId),
      readBundledLines(),
    ])
    return { details, pictures, bundled, mayEdit: mayRole(access.role, 'picture.edit') }
  })
  return (
    <main id="content" className="page">
      <p className="eyebrow">
        <BilingualText text={details.title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{words.title}</h1>
      <p className="mt-2 mb-6 max-w-[68ch] text-quiet">{words.lead}</p>
      <ReadyFieldset>
        {mayEdit ? <PictureUploads course={course} /> : <p className="text-quiet">{words.readOnly}</p>}
        <PictureGrid pictures={pictures} address={address} />
        {mayEdit && <PictureSetForm course={course} />}
      </ReadyFieldset>
      <section className="mt-14" aria-labelledby="bundled">
        <h2 id="bundled" className="text-21 font-[580]">
          {words.bundled}
        </h2>
        <p className="mt-1 mb-4 max-w-[68ch] text-quiet">{words.bundledLead}</p>
        <PictureCards pictures={bundled} address={address} />
      </section>
    </main>
  )
}
