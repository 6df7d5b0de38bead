import { authorizeAssignment, authorizeCourse, type Viewer } from '@/lib/auth/gate'
import { readCourseAssignments, readInstructor, wasAdded } from '@/lib/authoring/data'
import { exampleFolder } from '@/lib/authoring/example-folder'
import { changeAssignment } from '@/lib/authoring/mutations'
import { folderFiles, readPackage } from '@/lib/authoring/package-reading'
import { addPackage } from '@/lib/authoring/service'

const origin = 'example:sanity-checks'

export interface AddedExample {
  readonly slug: string
  /** Whether an assignment of this name was there already, which stays as it is. */
  readonly known: boolean
}

/**
 * Adds the example to a course and publishes it: uploads its pictures with their regions, makes the assignment of its document,
 * and has figures and keys asked for, by the studio's own functions and in the instructor's name.
 * @throws Problem `not-found`, `forbidden` for who is no instructor of the course
 */
export async function addExample(viewer: Viewer, courseSlug: string): Promise<AddedExample> {
  const files = await folderFiles(exampleFolder)
  const { assignment } = (await readPackage(files)).document
  const { slug, title, introduction } = assignment
  const assignments = await authorizeCourse(viewer, courseSlug, 'assignment.create')
  const pictures = await authorizeCourse(viewer, courseSlug, 'picture.edit')
  const there = await readCourseAssignments(await authorizeCourse(viewer, courseSlug, 'assignment.overview'))
  if (there.some((known) => known.slug === slug)) return { slug, known: true }
  await addPackage({ assignments, pictures }, files, slug, origin)
  await changeAssignment(
    await authorizeAssignment(viewer, { courseSlug, assignmentSlug: slug }, 'assignment.settings'),
    { slug, title, introduction, state: 'PUBLISHED', shuffleOptions: false },
  )
  return { slug, known: false }
}

/** In demo mode: adds the example once. Whoever deletes it does not find it again after the next start. */
export async function addExampleOnce(courseSlug: string): Promise<void> {
  const instructor = await readInstructor(courseSlug)
  if (instructor && !(await wasAdded(origin))) await addExample(instructor, courseSlug)
}
