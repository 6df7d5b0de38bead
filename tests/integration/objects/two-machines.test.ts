import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as getAsset } from '@/app/api/figures/[figureId]/assets/[name]/route'
import { GET as getFigure } from '@/app/api/figures/[figureId]/route'
import { authorizeCourse, authorizeQuestion } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import type { FigureView } from '@/lib/figures/view'
import { copyBundledPicture } from '@/lib/pictures/service'
import { publishQuestion } from '@/lib/questions/mutations'
import { call, openClassroom, question } from '../server/classroom'
import { until, WorkerProcess } from '../server/worker-process'
import { bucketName, credentials, S3Server } from './s3-server'

/** Pages here, the worker elsewhere; between them PostgreSQL and a bucket. */
const [here, there] = ['pages', 'worker'].map((name) =>
  mkdtempSync(path.join(tmpdir(), `vitrine-${name}-`)),
) as [string, string]
let bucket: S3Server
let worker: WorkerProcess | undefined

beforeAll(async () => {
  bucket = await S3Server.open()
  Object.assign(process.env, {
    VITRINE_DATA: here,
    VITRINE_OBJECTS: `s3://${bucketName}/vitrine`,
    VITRINE_S3_ENDPOINT: bucket.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  })
})
afterAll(async () => {
  await worker?.end('SIGKILL')
  await bucket.close()
  for (const folder of [here, there]) rmSync(folder, { recursive: true, force: true })
})

it('a picture uploaded on one machine becomes a figure on another, and is shown on the first', async () => {
  const room = await openClassroom()
  const [instructor, student] = [await room.enrol('INSTRUCTOR'), await room.enrol('STUDENT')]
  const course = await authorizeCourse(instructor, room.courseSlug, 'picture.edit')
  const { pictureId } = await copyBundledPicture(course, 2)
  const { id: questionId } = await staffDatabase.question.findFirstOrThrow({
    where: { assignmentId: room.assignmentId, slug: 'q01' },
  })
  const figureSpec = figureSpecSchema.parse({ layout: 'maps', pictures: [pictureId], methods: ['saliency'] })
  const { content, key } = question(1)
  const access = await authorizeQuestion(instructor, { questionId }, 'question.edit')
  await publishQuestion(access, { basedOn: 1, content, key, figureSpec })
  expect(bucket.contents.size).toBeGreaterThan(0)

  worker = new WorkerProcess([], { VITRINE_DATA: there })
  const request = () => staffDatabase.figureRequest.findFirst({ where: { status: 'READY' } })
  await until(async () => (await request()) !== null, worker)
  expect(readdirSync(path.join(there, 'cache'), { recursive: true }).length).toBeGreaterThan(0)
  await worker.end('SIGTERM')
  rmSync(there, { recursive: true })

  const params = { figureId: (await request())!.figureId! }
  const figure = (await (await call(getFigure, 'GET', student, { params })).json()) as FigureView
  const panels = figure.document.groups.flatMap((group) => group.panels)
  const names = panels.flatMap((panel) => (panel.kind === 'image' ? [panel.asset] : []))
  expect(names.length).toBeGreaterThan(0)
  const show = async (name: string) => {
    const answer = await call(getAsset, 'GET', student, { params: { ...params, name } })
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
  }
  for (const name of names) expect((await show(name)).bytes.subarray(1, 4).toString()).toBe('PNG')
  // A machine that has seen a figure shows it while the bucket is away.
  bucket.fault = () => 'closed'
  for (const name of names) expect((await show(name)).status).toBe(200)
})
