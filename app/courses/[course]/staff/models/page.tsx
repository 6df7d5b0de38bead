import path from 'node:path'
import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { modelDictionaries } from '@/app/messages/course-desk/models'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeCourse } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readCourse } from '@/lib/authoring/data'
import { hubAddress } from '@/lib/environment'
import { readBundledCards, readModels } from '@/lib/models/data'
import { BundledModels } from './bundled-models'
import { ModelList } from './model-list'
import { PullForm } from './pull-form'
import { UploadForm } from './upload-form'

export async function generateMetadata(): Promise<Metadata> {
  return { title: modelDictionaries[(await readPreferences()).language.interface].title }
}

/** The models that figures of the course may be of: its own, and those that come with Vitrine. */
export default async function ModelsPage(props: PageProps<'/courses/[course]/staff/models'>) {
  const { course } = await props.params
  const viewer = await requirePageViewer(`/courses/${course}/staff/models`)
  const words = modelDictionaries[(await readPreferences()).language.interface]
  const { title, models, mayManage } = await openPage(async () => {
    const access = await authorizeCourse(viewer, course, 'model.read')
    const [{ title }, models] = await Promise.all([readCourse(access), readModels(access)])
    return { title, models, mayManage: mayRole(access.role, 'model.manage') }
  })
  const hub = hubAddress()
  const bundled = [...(await readBundledCards(path.resolve('models')))].map(([name, card]) => ({
    name,
    ...card,
  }))
  return (
    <main id="content" className="page max-w-[60rem]">
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{words.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{words.lead}</p>
      <ReadyFieldset>
        {mayManage && <UploadForm course={course} />}
        {mayManage && hub !== null && <PullForm course={course} hub={new URL(hub).host} />}
        <ModelList course={course} models={models} bundled={bundled} mayManage={mayManage} />
      </ReadyFieldset>
      <BundledModels models={bundled} />
    </main>
  )
}
