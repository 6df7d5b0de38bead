import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { POST as postCopies } from '@/app/api/assignments/[assignmentId]/questions/copies/route'
import { POST as postAssignment } from '@/app/api/courses/[courseSlug]/assignments/route'
import { POST as postCourse } from '@/app/api/courses/route'
import { GET as getImage } from '@/app/api/pictures/[pictureId]/image/route'
import { DELETE as deletePicture } from '@/app/api/pictures/[pictureId]/route'
import { authorizeCourse, authorizeQuestion, type Viewer } from '@/lib/auth/gate'
import { exampleFolder } from '@/lib/authoring/example-folder'
import { folderFiles } from '@/lib/authoring/package-reading'
import { addPackage } from '@/lib/authoring/service'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema, picturesOf } from '@/lib/explainers/figures/spec'
import { modelLimits } from '@/lib/models/limits'
import { noDetails } from '@/lib/models/view'
import { putObject } from '@/lib/objects/service'
import { questionKeySchema } from '@/lib/questions/content'
import { publishQuestion } from '@/lib/questions/mutations'
import { uploadedPictures } from '@/lib/questions/named-pictures'
import { readEditedQuestion } from '@/lib/studio/data'
import { versionOf } from '@/lib/studio/draft'
import { type Classroom, call, openClassroom } from './classroom'

let room: Classroom
let teacher: Viewer

/** A course with the example, which shows six pictures of its own. */
beforeEach(async () => {
  await staffDatabase.course.deleteMany()
  room = await openClassroom()
  teacher = await room.enrol('INSTRUCTOR')
  const access = {
    assignments: await authorizeCourse(teacher, room.courseSlug, 'assignment.create'),
    pictures: await authorizeCourse(teacher, room.courseSlug, 'picture.edit'),
  }
  await addPackage(access, await folderFiles(exampleFolder), 'sanity', 'package')
})

const picturesOfCourse = (courseId: string) =>
  staffDatabase.picture.findMany({
    where: { courseId },
    orderBy: { sha256: 'asc' },
    include: { revisions: true },
  })

/** What the questions of a course name, from the uploaded pictures and the models. */
async function namedIn(courseId: string, slug = 'sanity') {
  const versions = await staffDatabase.questionVersion.findMany({
    where: { question: { assignment: { courseId, slug } } },
    include: { keys: true },
  })
  return versions.flatMap(({ figureSpec, keys }) =>
    uploadedPictures(figureSpecSchema.parse(figureSpec), questionKeySchema.parse(keys[0]!.secret)),
  )
}

async function copyCourse(): Promise<{ id: string; slug: string }> {
  const slug = `c-${randomUUID()}`
  const title = { zh: '複本', en: 'Copy' }
  const body = { slug, title, timeZone: 'UTC', copyOf: room.courseSlug }
  expect((await call(postCourse, 'POST', teacher, { body })).status).toBe(200)
  return staffDatabase.course.findUniqueOrThrow({ where: { slug } })
}

const sanityOf = (courseId: string) =>
  staffDatabase.assignment.findFirstOrThrow({
    where: { courseId, slug: 'sanity' },
    include: { questions: { orderBy: { position: 'asc' } } },
  })

const copyAssignment = (courseSlug: string, assignmentId: string, slug: string) =>
  call(postAssignment, 'POST', teacher, {
    params: { courseSlug },
    body: { from: 'copy', slug, assignmentId },
  })

async function taughtRoom(): Promise<Classroom> {
  const other = await openClassroom()
  await staffDatabase.enrollment.create({
    data: { userId: teacher.userId, courseId: other.courseId, role: 'INSTRUCTOR' },
  })
  return other
}

describe('a copy in another course', () => {
  it('of a course shows pictures of its own, of the same files, and outlives those of the old course', async () => {
    const copy = await copyCourse()
    const [ours, theirs] = [await picturesOfCourse(room.courseId), await picturesOfCourse(copy.id)]
    const said = (pictures: typeof ours) =>
      pictures.map(({ sha256, width, revisions: [revision] }) => {
        const { title, label, regions, maskSha256 } = revision!
        return { sha256, width, title, label, regions, maskSha256 }
      })
    expect(said(theirs)).toEqual(said(ours))
    const [own, copied] = [await namedIn(room.courseId), await namedIn(copy.id)]
    expect(copied).toHaveLength(own.length)
    expect(new Set(copied)).toEqual(new Set(theirs.map(({ id }) => id)))

    const params = { pictureId: ours[0]!.id }
    const remove = () => call(deletePicture, 'DELETE', teacher, { params })
    expect(await (await remove()).json()).toMatchObject({
      code: 'picture-in-use',
      usedBy: [{ question: expect.any(String) }],
    })
    await staffDatabase.assignment.delete({ where: { id: (await sanityOf(room.courseId)).id } })
    expect((await remove()).status).toBe(200)
    const image = await call(getImage, 'GET', teacher, { params: { pictureId: theirs[0]!.id } })
    expect(image.status).toBe(200)
    expect((await image.arrayBuffer()).byteLength).toBeGreaterThan(1000)
  })

  it('of an assignment brings each picture once, and shows those that the course has', async () => {
    const other = await taughtRoom()
    const { id } = await sanityOf(room.courseId)
    for (const slug of ['sanity', 'again'])
      expect((await copyAssignment(other.courseSlug, id, slug)).status).toBe(200)
    const pictures = await picturesOfCourse(other.courseId)
    expect(pictures).toHaveLength(6)
    expect(await namedIn(other.courseId, 'again')).toEqual(await namedIn(other.courseId))
    // In its own course a copy shows what the original does.
    expect((await copyAssignment(room.courseSlug, id, 'twin')).status).toBe(200)
    expect(await namedIn(room.courseId, 'twin')).toEqual(await namedIn(room.courseId))
    expect(await staffDatabase.picture.count()).toBe(12)
  })

  it('is refused where the course says otherwise of a picture, and leaves nothing', async () => {
    const other = await taughtRoom()
    const { id, questions } = await sanityOf(room.courseId)
    await copyAssignment(other.courseSlug, id, 'sanity')
    const [picture] = (await picturesOfCourse(other.courseId)).filter(
      ({ revisions }) => (revisions[0]!.regions as unknown[]).length > 0,
    )
    const regions = picture!.revisions[0]!.regions as { name: unknown }[]
    await staffDatabase.pictureRevision.update({
      where: { pictureId_number: { pictureId: picture!.id, number: 1 } },
      data: { label: 5, regions: [] },
    })
    const before = await staffDatabase.question.count()
    const refused = await copyAssignment(other.courseSlug, id, 'again')
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({
      code: 'picture-differs',
      pictures: [{ pictureId: picture!.id, otherClass: true, lacking: regions.map(({ name }) => name) }],
    })
    const copies = await call(postCopies, 'POST', teacher, {
      params: { assignmentId: other.assignmentId },
      body: { questionIds: questions.map((question) => question.id) },
    })
    expect(await copies.json()).toMatchObject({ code: 'picture-differs' })
    expect(await staffDatabase.question.count()).toBe(before)
  })

  it('of questions from the bank brings pictures and models along, once, and can be published', async () => {
    const weights = await readFile('models/food-cnn/model.safetensors')
    const object = await putObject(weights, { limit: weights.length })
    const details = { ...noDetails, licence: 'CC0' }
    const model = {
      fileName: 'model.safetensors',
      status: 'READY',
      details,
      card: {},
      uploadedById: teacher.userId,
    } as const
    const files = { create: { name: 'model.safetensors', sha256: object.sha256 } }
    await staffDatabase.uploadedModel.create({
      data: { ...model, name: 'tiny', courseId: room.courseId, files },
    })
    const { questions } = await sanityOf(room.courseId)
    const questionId = questions[0]!.id
    const original = await authorizeQuestion(teacher, { questionId }, 'question.edit')
    const version = versionOf((await readEditedQuestion(original)).published!.draft)
    const figureSpec = { ...version.figureSpec!, model: 'tiny' }
    await publishQuestion(original, { ...version, figureSpec, basedOn: 1 })

    const other = await taughtRoom()
    const copy = async () => {
      const response = await call(postCopies, 'POST', teacher, {
        params: { assignmentId: other.assignmentId },
        body: { questionIds: [questionId, questions[1]!.id] },
      })
      const made = (await response.json()) as { questions: { questionId: string }[] }
      const access = await authorizeQuestion(
        teacher,
        { questionId: made.questions[0]!.questionId },
        'question.edit',
      )
      return { access, draft: (await readEditedQuestion(access)).stored!.draft! }
    }
    const { access, draft } = await copy()
    const [shown] = picturesOf(draft.figureSpec!)
    expect(draft.figureSpec).toMatchObject({ model: 'tiny-2' })
    expect((await picturesOfCourse(other.courseId)).map(({ id }) => id)).toContain(shown)
    expect((await publishQuestion(access, { ...versionOf(draft), basedOn: 0 })).version).toBe(1)
    const copied = await staffDatabase.uploadedModel.findUniqueOrThrow({
      where: { name: 'tiny-2' },
      include: { files: true },
    })
    expect(copied).toMatchObject({ courseId: other.courseId, details, files: [{ sha256: object.sha256 }] })

    const again = await copy()
    expect(again.draft.figureSpec).toEqual(draft.figureSpec)
    expect(await staffDatabase.uploadedModel.count()).toBe(2)

    const full = await taughtRoom()
    for (let number = 0; number < modelLimits.models; number += 1)
      await staffDatabase.uploadedModel.create({
        data: { ...model, name: `other-${number}`, courseId: full.courseId },
      })
    const refused = await call(postCopies, 'POST', teacher, {
      params: { assignmentId: full.assignmentId },
      body: { questionIds: [questionId] },
    })
    expect(await refused.json()).toMatchObject({ code: 'model-limit' })
    expect(await picturesOfCourse(full.courseId)).toEqual([])
  })
})
