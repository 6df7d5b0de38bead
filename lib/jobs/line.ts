import { inTransaction, type StatementRunner } from '@/lib/database/statements'
import { type Band, bandOf, isMoreUrgent, joinBand } from '@/lib/jobs/fair-shares'
import { withOrigin } from '@/lib/jobs/origin'

/** The line in which jobs wait, in graphile-worker's tables: joining it, and moving in it. */

export interface JobOrder {
  readonly task: string
  readonly payload: object
  readonly key: string
  /** Whose share it takes; null: nobody's. */
  readonly courseId: string | null
  readonly band: Band
  readonly attempts: number
}

/** A job that a worker may begin, now or when its back-off is over. */
export interface WaitingJob {
  readonly id: string
  readonly key: string
  readonly task: string
  readonly priority: number
  readonly course: string
  /** Its back-off is over. */
  readonly isDue: boolean
  /** Somebody has had a page open on its figure in the last minute. */
  readonly isAwaited: boolean
}

const courseFlag = 'course:'

/** @returns the course whose share a job takes, by the flags that it has in the queue; null: nobody's. */
export function courseOfFlags(flags: Readonly<Record<string, unknown>> | null): string | null {
  const flag = Object.keys(flags ?? {}).find((name) => name.startsWith(courseFlag))
  return flag?.slice(courseFlag.length) ?? null
}

/** Adds jobs, in this order. One that waits already keeps its place, or moves up to a more urgent band. */
export async function joinLine(orders: readonly JobOrder[]): Promise<void> {
  if (orders.length === 0) return
  await changeLine(async (transaction, waiting) => {
    const waitingOf = new Map(waiting.map((job) => [job.key, job]))
    const moves: Move[] = []
    const added: JobOrder[] = []
    for (const order of orders) {
      const job = waitingOf.get(order.key)
      if (!job) added.push(order)
      else if (isMoreUrgent(order.band, bandOf(job.priority))) moves.push({ job, band: order.band })
    }
    const movedTo = await move(transaction, waiting, moves)
    await add(transaction, movedTo, added)
  })
}

/** Moves waiting jobs to other bands. @param choose the band of a job; null: it stays. */
export async function moveInLine(choose: (job: WaitingJob) => Band | null): Promise<void> {
  await changeLine(async (transaction, waiting) => {
    const moves = waiting.flatMap((job) => {
      const band = choose(job)
      return band === null ? [] : [{ job, band }]
    })
    await move(transaction, waiting, moves)
  })
}

interface Move {
  readonly job: WaitingJob
  readonly band: Band
}

/** One change at a time: places are given by who stands where. */
async function changeLine(
  change: (transaction: StatementRunner, waiting: readonly WaitingJob[]) => Promise<void>,
): Promise<void> {
  await inTransaction(async (transaction) => {
    await transaction.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('vitrine line of jobs'))`
    const waiting = await transaction.$queryRaw<WaitingJob[]>`
      SELECT j.id::text, j.key, j.task_identifier AS task, j.priority::int, j.run_at <= now() AS "isDue",
        coalesce((SELECT substr(flag, ${courseFlag.length + 1}::int) FROM jsonb_object_keys(j.flags) AS flag
                  WHERE flag LIKE ${`${courseFlag}%`} LIMIT 1), '') AS course,
        coalesce(r."awaitedAt" > now() - interval '1 minute', false) AS "isAwaited"
      FROM graphile_worker.jobs j
      LEFT JOIN "FigureRequest" r ON r.id = substr(j.key, strpos(j.key, ':') + 1)
      WHERE j.key IS NOT NULL AND j.locked_at IS NULL AND j.attempts < j.max_attempts
      ORDER BY j.priority, j.run_at, j.id`
    await change(transaction, waiting)
  })
}

/** @returns everybody where they stand afterwards. */
async function move(
  transaction: StatementRunner,
  waiting: readonly WaitingJob[],
  moves: readonly Move[],
): Promise<readonly WaitingJob[]> {
  const moving = new Set(moves.map(({ job }) => job.id))
  const standing = waiting.filter(({ id }) => !moving.has(id))
  for (const [band, group] of groupBy(moves, ({ band }) => band)) {
    const priorities = joinBand(
      band,
      inBand(standing, band),
      group.map(({ job }) => job.course),
    )
    for (const [index, { job }] of group.entries()) {
      const priority = priorities[index]!
      standing.push({ ...job, priority })
      await transaction.$queryRaw`
        SELECT FROM graphile_worker.reschedule_jobs(ARRAY[${job.id}::bigint], priority => ${priority}::int)`
    }
  }
  return standing
}

async function add(
  transaction: StatementRunner,
  standing: readonly WaitingJob[],
  orders: readonly JobOrder[],
): Promise<void> {
  for (const [band, group] of groupBy(orders, ({ band }) => band)) {
    const priorities = joinBand(
      band,
      inBand(standing, band),
      group.map(({ courseId }) => courseId ?? ''),
    )
    const specs = group.map(({ task, payload, key, courseId, attempts }, index) => ({
      identifier: task,
      payload: withOrigin(payload),
      job_key: key,
      max_attempts: attempts,
      priority: priorities[index]!,
      flags: courseId === null ? null : [courseFlag + courseId],
    }))
    await transaction.$queryRaw`
      SELECT FROM graphile_worker.add_jobs(ARRAY(
        SELECT json_populate_recordset(null::graphile_worker.job_spec, ${JSON.stringify(specs)}::json)))`
  }
}

/** Whoever is in a back-off takes no turn meanwhile, and short work that goes first (below 0) has no place. */
function inBand(standing: readonly WaitingJob[], band: Band): readonly WaitingJob[] {
  return standing.filter(({ isDue, priority }) => isDue && priority >= 0 && bandOf(priority) === band)
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
