import { describe, expect, it } from 'vitest'
import { Prisma } from '@/lib/database/generated-student/client'
import { inTransaction, statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'

const day = new Date('2026-07-01T12:34:56.789Z')
const rows = () => statements.$queryRaw<{ at: Date }[]>`SELECT "backedUpAt" AS at FROM "Restoration"`

describe('statements without Prisma', () => {
  it('write and read times as Prisma does, in whatever time zone the process is', async () => {
    const before = process.env.TZ
    for (const zone of ['UTC', 'Asia/Taipei', 'America/New_York']) {
      process.env.TZ = zone
      await studentDatabase.restoration.deleteMany()
      await statements.$queryRaw`INSERT INTO "Restoration" (id, "backedUpAt") VALUES (${zone}, ${day})`
      const [row] = await rows()
      expect(row?.at.toISOString(), zone).toBe(day.toISOString())
      const { backedUpAt } = await studentDatabase.restoration.findUniqueOrThrow({ where: { id: zone } })
      expect(backedUpAt.toISOString(), zone).toBe(day.toISOString())
    }
    process.env.TZ = before
    await studentDatabase.restoration.deleteMany()
  })

  it('take fragments into their text', async () => {
    const sum = Prisma.sql`${1}::int + ${2}::int`
    const rows = await statements.$queryRaw<object[]>`SELECT ${sum} AS three, ${'x'}::text AS x`
    expect(rows).toEqual([{ three: 3, x: 'x' }])
  })

  it('are done together or not at all, and their connection serves the next', async () => {
    const add = (id: string, fails: boolean) =>
      inTransaction(async (transaction) => {
        await transaction.$queryRaw`INSERT INTO "Restoration" (id, "backedUpAt") VALUES (${id}, ${day})`
        if (fails) throw new Error('changed my mind')
      })
    for (let turn = 0; turn < 20; turn++) await expect(add('undone', true)).rejects.toThrow('changed my mind')
    await expect(
      inTransaction(async (transaction) => transaction.$queryRaw`SELECT nothing FROM nowhere`),
    ).rejects.toThrow('nowhere')
    expect(await rows()).toEqual([])
    await add('done', false)
    expect(await rows()).toHaveLength(1)
  })
})
