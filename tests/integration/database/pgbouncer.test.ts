import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST as postStart } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { GET as getScoreboard } from '@/app/api/assignments/[assignmentId]/scoreboard/route'
import { PUT as putAnswer } from '@/app/api/attempts/[attemptId]/answers/[partId]/route'
import { GET as getAttempt } from '@/app/api/attempts/[attemptId]/route'
import { POST as postSubmit } from '@/app/api/attempts/[attemptId]/submit/route'
import { GET as getReady } from '@/app/api/ready/route'
import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment, type Viewer } from '@/lib/auth/gate'
import { PrismaClient } from '@/lib/database/generated/client'
import { closeDatabasePool, databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { EnvironmentError } from '@/lib/environment'
import { findFreePort } from '@/lib/free-port'
import { readItemAnalysis } from '@/lib/item-analysis/data'
import { openLockConnection } from '@/lib/jobs/lock-connection'
import { enqueueFigureRequests } from '@/lib/jobs/queue'
import { countWorkers, giveSignOfLife } from '@/lib/jobs/sign-of-life'
import { type Classroom, call, openClassroom } from '../server/classroom'
import { PgBouncer, whyNoPgBouncer } from './pgbouncer'

type Reply = Readonly<Record<'attemptId' | 'receipt', string>> & { readonly students?: unknown[] }

const missing = whyNoPgBouncer()
/** Fewer than this process's own, so that what one prepares another one executes. */
const CONNECTIONS = 3

describe.skipIf(missing)(
  `web servers behind PgBouncer, by transactions${missing ? ` (${missing})` : ''}`,
  () => {
    const direct = process.env.DATABASE_URL!
    let bouncer: PgBouncer
    let room: Classroom

    beforeAll(async () => {
      bouncer = await PgBouncer.open(direct, CONNECTIONS)
      process.env.DATABASE_URL = bouncer.url
      room = await openClassroom()
    })

    afterAll(async () => {
      await closeDatabasePool()
      await bouncer?.close()
    })

    it('let a class start, answer, read and hand in at once, over few connections', async () => {
      const students = await Promise.all(Array.from({ length: 12 }, () => room.enrol('STUDENT')))
      const receipts = await Promise.all(students.map(workThrough))
      expect(new Set(receipts).size).toBe(students.length)
      expect(
        await staffDatabase.answer.count({ where: { attempt: { assignmentId: room.assignmentId } } }),
      ).toBe(2 * students.length)
      expect(databasePool().totalCount).toBeGreaterThan(CONNECTIONS)
      const { rows } = await databasePool().query<{ connections: number }>(
        'SELECT count(*)::int AS connections FROM pg_stat_activity WHERE datname = current_database()',
      )
      expect(rows[0]?.connections).toBeLessThanOrEqual(CONNECTIONS)
    })

    async function workThrough(student: Viewer): Promise<unknown> {
      const params = { assignmentId: room.assignmentId }
      const { attemptId } = await answerOf(call(postStart, 'POST', student, { params }))
      const save = (partId: string, revision: number, ...optionIds: string[]) =>
        answerOf(
          call(putAnswer, 'PUT', student, {
            params: { attemptId, partId },
            body: { optionIds, clientId: 'tab', revision },
          }),
        )
      await Promise.all([save('q01', 1, 'b'), save('q02', 1, 'a')])
      expect(await save('q01', 2, 'a')).toMatchObject({ status: 'stored', optionIds: ['a'], revision: 2 })
      expect(await save('q01', 2, 'a')).toMatchObject({ status: 'unchanged' })
      await answerOf(call(getAttempt, 'GET', student, { params: { attemptId } }))
      const { receipt } = await answerOf(call(postSubmit, 'POST', student, { params: { attemptId } }))
      return receipt
    }

    it('are ready, and show dashboards', async () => {
      expect((await call(getReady, 'GET', null)).status).toBe(200)
      const ta = await room.enrol('TA')
      const params = { assignmentId: room.assignmentId }
      const boards = await Promise.all(
        Array.from({ length: 6 }, () => answerOf(call(getScoreboard, 'GET', ta, { params }))),
      )
      for (const board of boards) expect(board.students).toHaveLength(12)
      const access = await authorizeAssignment(ta, params, 'assignment.statistics')
      expect((await readItemAnalysis(access, 'first')).analysis.students).toBe(12)
    })

    it('undo a transaction that fails, and no other one', async () => {
      const email = 'undone@example.org'
      const failing = staffDatabase.$transaction(async (transaction) => {
        await transaction.user.create({ data: { name: 'Undone', email } })
        await transaction.$queryRaw`SELECT 1 / 0`
      })
      const others = Array.from({ length: 10 }, () => room.enrol('STUDENT'))
      await expect(failing).rejects.toThrow()
      await Promise.all(others)
      expect(await staffDatabase.user.count({ where: { email } })).toBe(0)
    })

    it('ask workers for work, and see those that live on connections of their own', async () => {
      await enqueueFigureRequests()
      expect(await countWorkers(databasePool(), 'figures')).toBe(0)
      const connection = await openLockConnection(direct, 'vitrine worker')
      await giveSignOfLife(connection, 'figures', 'pool of the test')
      expect(await countWorkers(databasePool(), 'figures')).toBe(1)
      await connection.close()
      await expect.poll(() => countWorkers(databasePool(), 'figures')).toBe(0)
    })

    it('say that the database is away when it is, by statements and by Prisma', async () => {
      const nowhere = new URL(direct)
      nowhere.port = String(await findFreePort())
      const without = await PgBouncer.open(nowhere.toString(), CONNECTIONS)
      const pool = new pg.Pool({ connectionString: without.url })
      const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: without.url }) })
      try {
        const problemOf = async (ask: () => PromiseLike<unknown>) => {
          const get = route(contracts.openApi, async () => Response.json(await ask()))
          const answer = await call(get, 'GET', null)
          return { status: answer.status, ...((await answer.json()) as { code: string }) }
        }
        const problems = [problemOf(() => pool.query('SELECT 1')), problemOf(() => prisma.user.count())]
        for (const problem of await Promise.all(problems))
          expect(problem).toMatchObject({ status: 503, code: 'unavailable' })
      } finally {
        await pool.end()
        await prisma.$disconnect()
        await without.close()
      }
    })

    it('are no place for a worker, which says so and ends', async () => {
      await expect(openLockConnection(bouncer.url, 'vitrine worker')).rejects.toThrow(EnvironmentError)
    })
  },
)

async function answerOf(response: Promise<Response>): Promise<Reply> {
  const answer = await response
  expect(answer.status).toBe(200)
  return (await answer.json()) as Reply
}
