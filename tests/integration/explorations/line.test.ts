import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { authorizeExplorer, type ExplorerAccess, type Viewer } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { askExploration } from '@/lib/explorations/mutations'
import { type ExplorationRequest, explorationRequestSchema } from '@/lib/explorations/schema'
import { stopWaiting } from '@/lib/explorations/waiting/mutations'
import { enqueueLooks } from '@/lib/jobs/exploration-queue'
import { enqueueFigures, queue } from '@/lib/jobs/queue'
import { enrolIn } from '../server/classroom'
import { newCourse } from './person'

beforeEach(async () => {
  await queue()
  await databasePool().query('DELETE FROM graphile_worker._private_jobs')
})

const question = (): ExplorationRequest =>
  explorationRequestSchema.parse({ kind: 'attention', model: 'tiny', sentence: `Word ${randomUUID()}.` })

const ask = (access: ExplorerAccess, request = question(), waiter: string = randomUUID()) =>
  askExploration(access, request, waiter)

async function askAll(access: ExplorerAccess, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let asked = 0; asked < count; asked++) ids.push(await ask(access))
  return ids
}

/** What is looked at, explored and built, in the order in which a worker takes it. */
async function line(): Promise<string[]> {
  const { rows } = await databasePool().query<{ key: string }>(
    `SELECT key FROM graphile_worker.jobs WHERE task_identifier <> 'draw-figure' ORDER BY priority, run_at, id`,
  )
  return rows.map(({ key }) => key.slice(key.indexOf(':') + 1))
}

const student = async (courseId: string) => explorerOf(await enrolIn(courseId, 'STUDENT'))
const explorerOf = (viewer: Viewer) => authorizeExplorer(viewer)

describe('the line of explorations', () => {
  it('lets the students of a course take turns, however much one of them asks', async () => {
    const courseId = await newCourse()
    const [one, other] = [await student(courseId), await student(courseId)]
    const [a1, a2, a3, a4] = await askAll(one, 4)
    const [b1, b2] = await askAll(other, 2)
    expect(await line()).toEqual([a1, b1, a2, b2, a3, a4])
    const c1 = await ask(await student(courseId))
    expect(await line()).toEqual([a1, b1, c1, a2, b2, a3, a4])
  })

  it('lets courses take turns, however many of its students ask', async () => {
    const [large, small] = [await newCourse(), await newCourse()]
    const ofLarge: string[] = []
    for (let students = 0; students < 4; students++) ofLarge.push(await ask(await student(large)))
    const [s1, s2] = await askAll(await student(small), 2)
    const [l1, l2, l3, l4] = ofLarge
    expect(await line()).toEqual([l1, s1, l2, s2, l3, l4])
  })

  it('has what somebody waits for before looks at pictures, and indexes last, whatever figures wait', async () => {
    const courseId = await newCourse()
    await enqueueFigures([{ id: randomUUID(), courseId }])
    const access = await student(courseId)
    const index = explorationRequestSchema.parse({
      kind: 'corpus-index',
      model: 'tiny',
      corpus: `c-${randomUUID()}`,
    })
    const built = await ask(access, index)
    await enqueueLooks(['one', 'two'], courseId)
    const asked = await ask(access)
    expect(await line()).toEqual([asked, 'one', 'two', built])
  })

  it('has a question that two ask where it is done soonest, and closes ranks when one is left', async () => {
    const [busy, idle] = [await newCourse(), await newCourse()]
    const one = await student(busy)
    const [a1, a2] = await askAll(one, 2)
    const shared = question()
    const id = await ask(one, shared, 'first')
    expect(await line()).toEqual([a1, a2, id])
    expect(await ask(await student(idle), shared)).toBe(id)
    expect(await line()).toEqual([a1, id, a2])
    // Whoever asked first has gone; the other one still waits.
    await stopWaiting(id, 'first')
    expect(await line()).toEqual([a1, id, a2])
  })
})
