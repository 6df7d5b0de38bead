import { describe, expect, it } from 'vitest'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import type { StatementRunner } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'

async function createKey() {
  const title = { zh: '課程', en: 'Course' }
  const course = await staffDatabase.course.create({ data: { slug: 'course', title } })
  const assignment = await staffDatabase.assignment.create({
    data: { courseId: course.id, slug: 'assignment', title, introduction: title },
  })
  const question = await staffDatabase.question.create({
    data: { assignmentId: assignment.id, slug: 'q01', position: 1 },
  })
  const version = await staffDatabase.questionVersion.create({
    data: { questionId: question.id, version: 1, origin: 'SEED', contentHash: '0', content: {} },
  })
  return staffDatabase.answerKey.create({
    data: { questionVersionId: version.id, version: 1, secret: { parts: ['the key'] } },
  })
}

describe('the database clients', () => {
  it('give the key to staff and not to students, whatever the query looks like', async () => {
    const { id } = await createKey()
    expect(await staffDatabase.answerKey.findUniqueOrThrow({ where: { id } })).toHaveProperty('secret')

    const plain = await studentDatabase.answerKey.findUniqueOrThrow({ where: { id } })
    expect(plain).toMatchObject({ id, version: 1 })
    expect(plain).not.toHaveProperty('secret')
    const nested = await studentDatabase.questionVersion.findMany({ include: { keys: true } })
    expect(JSON.stringify(nested)).toContain(id)
    expect(JSON.stringify(nested)).not.toContain('the key')

    const forced = { where: { id }, select: { secret: true } } as unknown as { where: { id: string } }
    await expect(studentDatabase.answerKey.findUnique(forced)).rejects.toThrow(/Unknown field `secret`/)
    const filtered = { where: { secret: { path: ['parts', '0'], equals: 'the key' } } } as object
    await expect(studentDatabase.answerKey.count(filtered)).rejects.toThrow(/Unknown argument `secret`/)
  })

  it('share one pool', async () => {
    const pool = databasePool()
    const ask = (database: StatementRunner) => database.$queryRaw`SELECT pg_sleep(0.05)::text`
    await Promise.all([ask(staffDatabase), ask(studentDatabase), ask(staffDatabase), ask(studentDatabase)])
    expect(pool.totalCount).toBeGreaterThanOrEqual(4)
    expect(pool.totalCount).toBeLessThanOrEqual(pool.options.max)
  })

  it('survive the loss of all connections', async () => {
    await studentDatabase.user.count()
    await studentDatabase.$executeRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`
    await expect.poll(() => studentDatabase.user.count().catch(() => -1)).toBe(0)
  })
})
