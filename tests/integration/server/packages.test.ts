import { beforeEach, describe, expect, it } from 'vitest'
import { GET as getPackage } from '@/app/api/assignments/[assignmentId]/package/route'
import { POST as postPackage } from '@/app/api/courses/[courseSlug]/assignment-packages/route'
import { POST as postAssignment } from '@/app/api/courses/[courseSlug]/assignments/route'
import { authorizeAssignment, type Viewer } from '@/lib/auth/gate'
import { exampleFolder } from '@/lib/authoring/example-folder'
import { addExample, addExampleOnce } from '@/lib/authoring/examples'
import { folderFiles } from '@/lib/authoring/package-reading'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema, picturesOf } from '@/lib/explainers/figures/spec'
import { ensureFigures } from '@/lib/figures/mutations'
import { type Classroom, call, openClassroom } from './classroom'
import { makeZip } from './zip-making'

let room: Classroom
let teacher: Viewer

beforeEach(async () => {
  await staffDatabase.course.deleteMany()
  await staffDatabase.figureRequest.deleteMany()
  room = await openClassroom()
  teacher = await room.enrol('INSTRUCTOR')
})

async function exampleZip(change: (file: string, bytes: Buffer) => Buffer | null = (_, bytes) => bytes) {
  const files = await folderFiles(exampleFolder)
  const entries = await Promise.all(
    files.files.map(async (file) => ({
      name: `sanity/${file}`,
      bytes: change(file, await files.read(file)),
    })),
  )
  return makeZip(entries.flatMap(({ name, bytes }) => (bytes ? [{ name, bytes, deflated: true }] : [])))
}

async function importZip(zip: Uint8Array<ArrayBuffer>, slug: string, to = room, viewer = teacher) {
  const response = await call(postPackage, 'POST', viewer, {
    params: { courseSlug: to.courseSlug },
    query: `?slug=${slug}`,
    body: zip,
    headers: { 'content-type': 'application/octet-stream' },
  })
  return { status: response.status, body: await response.json() }
}

const questionsOf = (slug: string, courseId = room.courseId) =>
  staffDatabase.question.findMany({
    where: { assignment: { slug, courseId } },
    orderBy: { position: 'asc' },
    include: { versions: { include: { keys: true } } },
  })

describe('an assignment with its pictures', () => {
  it('comes in as a zip: its questions show the course’s pictures, with their regions, by their ids', async () => {
    expect(await importZip(await exampleZip(), 'sanity')).toEqual({ status: 200, body: { slug: 'sanity' } })
    const pictures = await staffDatabase.picture.findMany({
      where: { courseId: room.courseId },
      include: { revisions: true },
    })
    expect(pictures).toHaveLength(6)
    const ids = new Set(pictures.map(({ id }) => id))
    const questions = await questionsOf('sanity')
    expect(questions).toHaveLength(6)
    for (const { versions } of questions) {
      const [shown] = picturesOf(figureSpecSchema.parse(versions[0]!.figureSpec))
      expect(ids).toContain(shown)
      expect(JSON.stringify(versions[0]!.keys[0]!.secret)).toContain(`"picture":"${shown}"`)
    }
    const rice = pictures.find(({ revisions }) =>
      JSON.stringify(revisions[0]!.title).includes('black plate'),
    )!
    expect(rice.revisions[0]).toMatchObject({
      label: 7,
      regions: [{ name: { en: 'black plate' } }, { name: { en: 'rice' }, explained: true }],
      maskSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    await ensureFigures()
    const versions = await staffDatabase.questionVersion.findMany({
      where: { question: { assignment: { slug: 'sanity' } } },
      include: { figureRequest: true },
    })
    for (const { figureRequest } of versions) expect(figureRequest?.status).toBe('QUEUED')
  })

  it('leaves as a zip, and is the same in another course, with pictures of its own', async () => {
    await importZip(await exampleZip(), 'sanity')
    const { assignmentId } = await authorizeAssignment(
      teacher,
      { courseSlug: room.courseSlug, assignmentSlug: 'sanity' },
      'assignment.settings',
    )
    const leave = async (id: string) =>
      new Uint8Array(
        await (await call(getPackage, 'GET', teacher, { params: { assignmentId: id } })).arrayBuffer(),
      )
    const zip = await leave(assignmentId)
    const elsewhere = await openClassroom()
    await staffDatabase.enrollment.create({
      data: { userId: teacher.userId, courseId: elsewhere.courseId, role: 'INSTRUCTOR' },
    })
    expect((await importZip(zip, 'sanity', elsewhere)).status).toBe(200)
    const [ours, theirs] = [await questionsOf('sanity'), await questionsOf('sanity', elsewhere.courseId)]
    const pictures = await staffDatabase.picture.findMany({ orderBy: { sha256: 'asc' } })
    const twin = new Map(
      pictures
        .filter(({ courseId }) => courseId === room.courseId)
        .map(({ id, sha256 }) => [
          id,
          pictures.find((other) => other.sha256 === sha256 && other.courseId === elsewhere.courseId)!.id,
        ]),
    )
    const translated = (value: unknown) =>
      JSON.stringify(value).replace(/"(c[a-z0-9]{20,})"/g, (whole, id: string) =>
        twin.has(id) ? `"${twin.get(id)}"` : whole,
      )
    for (const [index, { versions }] of ours.entries()) {
      const other = theirs[index]!.versions[0]!
      expect(translated(versions[0]!.figureSpec)).toBe(JSON.stringify(other.figureSpec))
      expect(translated(versions[0]!.keys[0]!.secret)).toBe(JSON.stringify(other.keys[0]!.secret))
      expect(versions[0]!.content).toEqual(other.content)
    }
    expect(twin.size).toBe(6)
  })

  it('is taken whole or not at all, and every mistake is said', async () => {
    const lacking = await exampleZip((file, bytes) => (file === 'ricebowl.png' ? null : bytes))
    const refused = await importZip(lacking, 'sanity')
    expect(refused).toMatchObject({ status: 422, body: { code: 'assignment-file-refused' } })
    expect(refused.body.lines).toEqual([
      { line: null, path: 'pictures[3].file', message: 'there is no file ricebowl.png' },
    ])
    expect(await staffDatabase.picture.count()).toBe(0)
    expect(await questionsOf('sanity')).toHaveLength(0)
    const noZip = await importZip(new Uint8Array(100), 'sanity')
    expect(noZip.body).toMatchObject({ code: 'assignment-file-refused' })
    expect((await importZip(await exampleZip(), room.document.assignment.slug)).body).toMatchObject({
      code: 'name-taken',
    })
  })

  it('shows the course’s picture where it has the same, unless the course says otherwise of it', async () => {
    await importZip(await exampleZip(), 'one')
    expect((await importZip(await exampleZip(), 'two')).status).toBe(200)
    expect(await staffDatabase.picture.count()).toBe(6)
    const revision = await staffDatabase.pictureRevision.findFirstOrThrow({ where: { label: 8 } })
    await staffDatabase.pictureRevision.update({
      where: { pictureId_number: { pictureId: revision.pictureId, number: revision.number } },
      data: { label: 3 },
    })
    const refused = await importZip(await exampleZip(), 'three')
    expect(refused.body.lines[0].message).toMatch(/has the picture "salmonslices" already, as another class/)
  })

  it('needs its pictures: a document alone is refused with the questions that show them', async () => {
    const files = await folderFiles(exampleFolder)
    const text = (await files.read('assignment.yaml')).toString()
    const response = await call(postAssignment, 'POST', teacher, {
      params: { courseSlug: room.courseSlug },
      body: { from: 'file', slug: 'alone', name: 'assignment.yaml', text },
    })
    expect(response.status).toBe(422)
    const { lines } = (await response.json()) as { lines: { path: string; message: string }[] }
    expect(lines.map(({ path }) => path)).toEqual([0, 1, 2, 3, 4, 5].map((index) => `questions[${index}]`))
    expect(lines[0]!.message).toContain('a zip brings pictures along')
  })
})

describe('the example', () => {
  it('is added and published in an instructor’s name, once, and not again by itself after it was deleted', async () => {
    await addExampleOnce(room.courseSlug)
    const student = await room.enrol('STUDENT')
    const address = { courseSlug: room.courseSlug, assignmentSlug: 'sanity-checks' }
    const { assignmentId } = await authorizeAssignment(student, address, 'assignment.read')
    const made = await staffDatabase.auditEvent.findMany({ where: { actorId: teacher.userId } })
    expect(made.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['picture.add', 'assignment.create', 'assignment.settings']),
    )
    await addExampleOnce(room.courseSlug)
    expect(await addExample(teacher, room.courseSlug)).toEqual({ slug: 'sanity-checks', known: true })
    await staffDatabase.assignment.delete({ where: { id: assignmentId } })
    await addExampleOnce(room.courseSlug)
    expect(await questionsOf('sanity-checks')).toHaveLength(0)
    expect(await addExample(teacher, room.courseSlug)).toMatchObject({ known: false })
    expect(await staffDatabase.picture.count()).toBe(6)
  })

  it('is added by no TA', async () => {
    await expect(addExample(await room.enrol('TA'), room.courseSlug)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
