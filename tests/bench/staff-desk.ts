import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { authorizeAssignment } from '@/lib/auth/gate'
import { formatCsv } from '@/lib/interchange/csv'
import { readItemAnalysis } from '@/lib/item-analysis/data'
import { readPartPoints, readScoreboard } from '@/lib/scoreboard/data'
import { scoreTable } from '@/lib/scoreboard/score-table'
import { bundled, demoViewer, inLargeClass, timed } from './large-class'
import { usageOf } from './school/meter'

/**
 * How long staff wait for a large class: the scoreboard as the pages read it (gate, statements, JSON), the item analysis and
 * the table for spreadsheets, on a database of its own with the bundled assignment's 32 parts. Every reading asks the
 * database: what the process remembers for up to a second is waited out. Beside the time it says the processor time of a
 * reading, of this process and of PostgreSQL, which other work on the machine does not change. Takes a minute and a half.
 *
 *   npx tsx tests/bench/staff-desk.ts [--students 3000] [--rounds 20]
 */

const { values } = parseArgs({
  options: { students: { type: 'string', default: '3000' }, rounds: { type: 'string', default: '20' } },
})

async function measure(postmaster: number): Promise<void> {
  const ta = await demoViewer('ta')
  const scoreboard = async () =>
    JSON.stringify(await readScoreboard(await authorizeAssignment(ta, bundled, 'assignment.overview')))
  const first = await timed(scoreboard)
  console.log(`scoreboard, first (adds up time on task): ${Math.round(first.ms)} ms`)
  console.log(`scoreboard: ${Math.round(first.result.length / 1024)} kB`)
  const readings = [
    new Reading('scoreboard', scoreboard),
    new Reading('item analysis', async () =>
      readItemAnalysis(await authorizeAssignment(ta, bundled, 'assignment.statistics'), 'first'),
    ),
    new Reading('table for spreadsheets', async () => {
      const access = await authorizeAssignment(ta, bundled, 'assignment.overview')
      const [board, points] = await Promise.all([readScoreboard(access), readPartPoints(access)])
      return formatCsv(scoreTable(board, points))
    }),
  ]
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const reading of readings) {
      // The scoreboard is remembered for half a second, the analysis for one; the other readings lie in between.
      await sleep(520)
      await reading.measure(postmaster)
    }
  for (const reading of readings) reading.report()
}

/** One thing that staff read, again and again. */
class Reading {
  private readonly times: number[] = []
  private own = 0
  private database = 0

  constructor(
    private readonly name: string,
    private readonly work: () => Promise<unknown>,
  ) {}

  async measure(postmaster: number): Promise<void> {
    const [own, database] = [process.cpuUsage(), usageOf(postmaster).processor]
    this.times.push((await timed(this.work)).ms)
    const { user, system } = process.cpuUsage(own)
    this.own += (user + system) / 1000
    this.database += (usageOf(postmaster).processor - database) * 1000
  }

  report(): void {
    const sorted = this.times.toSorted((left, right) => left - right)
    const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1]!)
    const each = (sum: number) => Math.round(sum / sorted.length)
    console.log(
      `${this.name}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms; processor time ` +
        `${each(this.own)} ms here, ${each(this.database)} ms in PostgreSQL`,
    )
  }
}

await inLargeClass(Number(values.students), measure)
