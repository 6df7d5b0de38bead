import { Prisma } from '@/lib/database/generated-student/client'
import { inTransaction, type StatementRunner } from '@/lib/database/statements'
import { type Band, bandOf, isMoreUrgent, joinBand, type Share, type Standing } from '@/lib/jobs/fair-shares'
import { withOrigin } from '@/lib/jobs/origin'

/** Lines in which jobs wait, in graphile-worker's tables: joining one, and moving in it. */

/** Jobs that the same workers take. */
export interface Line {
  /** Names the lock under which places are given. */
  readonly name: string
  readonly tasks: readonly string[]
}

export interface JobOrder {
  readonly task: string
  readonly payload: object
  readonly key: string
  /** Whose share it takes; null: nobody's. */
  readonly courseId: string | null
  /** With whose jobs those of others in the course take turns. */
  readonly personId?: string
  readonly band: Band
  readonly attempts: number
  /** Jobs of one such queue run one after another. */
  readonly queue?: string
}

/** A job that a worker may begin, now or when its back-off is over. */
export interface WaitingJob extends Standing {
  readonly id: string
  readonly key: string
  readonly task: string
  /** Its back-off is over. */
  readonly isDue: boolean
  /** Somebody has had a page open on its figure in the last minute. */
  readonly isAwaited: boolean
}

const courseFlag = 'course:'
const personFlag = 'person:'

/** @returns the course whose share a job takes, by the flags that it has in the queue; null: nobody's. */
export function courseOfFlags(flags: Readonly<Record<string, unknown>> | null): string | null {
  const flag = Object.keys(flags ?? {}).find((name) => name.startsWith(courseFlag))
  return flag?.slice(courseFlag.length) ?? null
}

/** Adds jobs, in this order. One that waits already keeps its place, or moves up to a more urgent band. */
export async function joinLine(line: Line, orders: readonly JobOrder[]): Promise<void> {
  if (orders.length === 0) return
  await changeLine(line, async (transaction, waiting) => {
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

/** Somebody else asks for a job that waits: it gets the place that one of theirs would have, where that is better. */
export async function shareJob(line: Line, key: string, share: Share): Promise<void> {
  await changeLine(line, async (transaction, waiting) => {
    const job = waiting.find((other) => other.key === key)
    if (!job || job.person === share.person) return
    const band = bandOf(job.priority)
    const others = inBand(waiting, band).filter((other) => other !== job)
    const line = joinBand(band, others, { ...job, ...share })
    const seat = line.find((other) => other.key === key)!
    if (seat.priority < job.priority) await reseat(transaction, waiting, line)
  })
}

/** Moves waiting jobs to other bands. @param choose the band of a job; null: it stays. */
export async function moveInLine(line: Line, choose: (job: WaitingJob) => Band | null): Promise<void> {
  await changeLine(line, async (transaction, waiting) => {
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
  { name, tasks }: Line,
  change: (transaction: StatementRunner, waiting: readonly WaitingJob[]) => Promise<void>,
): Promise<void> {
  await inTransaction(async (transaction) => {
    await transaction.$queryRaw`SELECT pg_advisory_xact_lock(hashtext(${`vitrine line of ${name}`}))`
    const waiting = await transaction.$queryRaw<WaitingJob[]>`
      SELECT j.id::text, j.key, j.task_identifier AS task, j.priority::int, j.run_at <= now() AS "isDue",
        ${flagged(courseFlag)} AS course, ${flagged(personFlag)} AS person,
        coalesce(r."awaitedAt" > now() - interval '1 minute', false) AS "isAwaited"
      FROM graphile_worker.jobs j
      LEFT JOIN "FigureRequest" r ON r.id = substr(j.key, strpos(j.key, ':') + 1)
      WHERE j.key IS NOT NULL AND j.task_identifier = ANY(${tasks}::text[])
        AND j.locked_at IS NULL AND j.attempts < j.max_attempts
      ORDER BY j.priority, j.run_at, j.id`
    await change(transaction, waiting)
  })
}

/** @returns what stands behind a job's flag; '' where it has none. */
const flagged = (flag: string) => Prisma.sql`
  coalesce((SELECT substr(name, ${flag.length + 1}::int) FROM jsonb_object_keys(j.flags) AS name
            WHERE name LIKE ${`${flag}%`} LIMIT 1), '')`

/** What a job is in its line. */
interface Seat extends Share {
  readonly key: string
}

const seatOf = ({ key, courseId, personId }: JobOrder): Seat => ({
  key,
  course: courseId ?? '',
  person: personId ?? '',
})

/** @returns everybody where they stand afterwards. */
async function move(
  transaction: StatementRunner,
  waiting: readonly WaitingJob[],
  moves: readonly Move[],
): Promise<readonly WaitingJob[]> {
  const moving = new Set(moves.map(({ job }) => job.key))
  let standing = waiting.filter(({ key }) => !moving.has(key))
  for (const [band, group] of groupBy(moves, ({ band }) => band)) {
    const jobs = group.map(({ job }) => job)
    const line = jobs.reduce<WaitingJob[]>((seats, job) => joinBand(band, seats, job), inBand(standing, band))
    standing = await reseat(transaction, [...standing, ...jobs], line)
  }
  return standing
}

async function add(
  transaction: StatementRunner,
  standing: readonly WaitingJob[],
  orders: readonly JobOrder[],
): Promise<void> {
  for (const [band, group] of groupBy(orders, ({ band }) => band)) {
    const line = group.reduce<(Seat & Standing)[]>(
      (seats, order) => joinBand(band, seats, seatOf(order)),
      inBand(standing, band),
    )
    await reseat(transaction, standing, line)
    const priorities = new Map(line.map(({ key, priority }) => [key, priority]))
    const specs = group.map(({ task, payload, key, courseId, personId, attempts, queue }) => ({
      identifier: task,
      payload: withOrigin(payload),
      queue_name: queue ?? null,
      job_key: key,
      max_attempts: attempts,
      priority: priorities.get(key)!,
      flags: [
        ...(courseId === null ? [] : [courseFlag + courseId]),
        ...(personId === undefined ? [] : [personFlag + personId]),
      ],
    }))
    await transaction.$queryRaw`
      SELECT FROM graphile_worker.add_jobs(ARRAY(
        SELECT json_populate_recordset(null::graphile_worker.job_spec, ${JSON.stringify(specs)}::json)))`
  }
}

/** Gives the jobs the places that they have in the line. @returns the jobs as they stand then */
async function reseat(
  transaction: StatementRunner,
  jobs: readonly WaitingJob[],
  line: readonly (Seat & Standing)[],
): Promise<WaitingJob[]> {
  const seats = new Map(line.map(({ key, priority }) => [key, priority]))
  const reseated = jobs.map((job) => ({ ...job, priority: seats.get(job.key) ?? job.priority }))
  const moved = reseated.filter(({ priority }, index) => priority !== jobs[index]!.priority)
  if (moved.length > 0)
    await transaction.$queryRaw`
      SELECT FROM unnest(${moved.map(({ id }) => id)}::bigint[], ${moved.map(({ priority }) => priority)}::int[])
        AS seat(id, priority),
        LATERAL graphile_worker.reschedule_jobs(ARRAY[seat.id], priority => seat.priority)`
  return reseated
}

/** Whoever is in a back-off takes no turn meanwhile, and short work that goes first (below 0) has no place. */
function inBand(standing: readonly WaitingJob[], band: Band): WaitingJob[] {
  return standing.filter(({ isDue, priority }) => isDue && priority >= 0 && bandOf(priority) === band)
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
