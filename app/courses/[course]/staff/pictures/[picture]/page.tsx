import type { Metadata } from 'next'
import { BackLink } from '@/app/components/back-link'
import { BilingualText } from '@/app/components/bilingual-text'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { pictureDictionaries } from '@/app/messages/course-desk/pictures'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeCourse, authorizePicture } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readPictureForStaff } from '@/lib/pictures/data'
import { readBundledView } from '@/lib/pictures/service'
import { CopyPicture, PictureActions } from './picture-actions'
import { PictureEditor } from './picture-editor'

export async function generateMetadata(): Promise<Metadata> {
  return { title: pictureDictionaries[(await readPreferences()).language.interface].title }
}

/** One picture: what it shows, what a classifier makes of it, and its regions. A number names a bundled one. */
export default async function PicturePage(props: PageProps<'/courses/[course]/staff/pictures/[picture]'>) {
  const { course, picture: name } = await props.params
  const list = `/courses/${course}/staff/pictures`
  const viewer = await requirePageViewer(`${list}/${name}`)
  const words = pictureDictionaries[(await readPreferences()).language.interface]
  const isBundled = /^\d+$/.test(name)
  const { picture, mayEdit } = await openPage(async () => {
    const { role } = await authorizeCourse(viewer, course, 'picture.read')
    return {
      picture: isBundled
        ? await readBundledView(Number(name))
        : await readPictureForStaff(await authorizePicture(viewer, name, 'picture.read')),
      mayEdit: mayRole(role, 'picture.edit'),
    }
  })
  return (
    <main id="content" className="page max-w-[84rem]">
      <BackLink href={list}>{words.back}</BackLink>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em] break-words">
        <BilingualText text={picture.title} second="hidden" />
      </h1>
      {isBundled && <p className="mt-2 max-w-[68ch] text-quiet">{words.bundledLead}</p>}
      {!isBundled && !mayEdit && <p className="mt-2 text-quiet">{words.readOnly}</p>}
      <ReadyFieldset>
        {isBundled && mayEdit && <CopyPicture course={course} number={Number(name)} />}
        <PictureEditor picture={picture} readOnly={isBundled || !mayEdit} />
      </ReadyFieldset>
      {picture.usedBy.length > 0 && (
        <section className="mt-12" aria-labelledby="used-by">
          <h2 id="used-by" className="text-17 font-[580]">
            {words.usedBy}
          </h2>
          <p className="mt-1 max-w-[68ch] text-13 text-quiet">{words.usedByHint}</p>
          <ul className="mt-2">
            {picture.usedBy.map(({ assignment, question }) => (
              <li key={`${assignment.en} ${question}`}>
                <BilingualText text={assignment} second="hidden" /> · {question}
              </li>
            ))}
          </ul>
        </section>
      )}
      {!isBundled && mayEdit && (
        <ReadyFieldset>
          <PictureActions
            pictureId={picture.pictureId}
            archived={picture.archived}
            inUse={picture.usedBy.length > 0}
            list={list}
          />
        </ReadyFieldset>
      )}
    </main>
  )
}
