import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { encode } from 'next-auth/jwt'
import pg from 'pg'
import { buildWhenNeeded } from '@/bin/launch/build'
import { sessionCookie } from '@/lib/auth/session'
import { openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { findFreePort } from '@/lib/free-port'
import type { AssignmentDocument } from '@/lib/interchange/assignment-document'
import { readAssignment } from '@/lib/interchange/service'
import type { QuestionPart } from '@/lib/questions/content'
import { type Balancer, openBalancer } from './balancer'
import { childrenOf } from './meter'

/** The real site with the real assignment, on a database of its own, with a class that is signed in. */
export interface Site {
  /** Of the balancer, where there are several servers. */
  readonly address: string
  /** Each as on a machine of its own. */
  readonly servers: readonly WebServer[]
  /** null: one server, which is asked directly. */
  readonly balancer: Balancer | null
  readonly agent: Agent
  readonly assignmentId: string
  /** Path of the assignment's page. */
  readonly assignmentPath: string
  readonly parts: readonly QuestionPart[]
  readonly students: readonly SignedIn[]
  readonly database: pg.Pool
  readonly databaseUrl: string
  /** Migrations and questions, as whoever upgrades makes them. */
  readonly prepare: (project: string) => Promise<void>
  readonly processes: () => { readonly app: number; readonly postgres: number }
  /** kill -9. The site comes back by itself. */
  readonly kill: (victim: Victim) => void
  /** SIGTERM, as whoever stops a server sends it. The site comes back by itself. */
  readonly endApp: () => void
  readonly close: () => Promise<void>
}

export interface WebServer {
  readonly address: string
  readonly pid: () => number
  /** Ends it; another release starts in its place. */
  readonly replaceBy: (project: string, by: 'SIGTERM' | 'SIGKILL') => void
}

/** `web`: one of the processes that answer; `app`: the one that they belong to, and they with it. */
export type Victim = 'web' | 'app' | 'postgres'

export interface SignedIn {
  readonly userId: string
  readonly cookie: string
}

const READY = 60_000

interface SiteOptions {
  readonly students: number
  /** Whether the pages are known to be built. */
  readonly built?: boolean
  /** Web servers; several stand behind a balancer. */
  readonly servers?: number
}

export async function openSite(
  project: string,
  { students: count, built = false, servers: serverCount = 1 }: SiteOptions,
): Promise<Site> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-school-'))
  chmodSync(folder, 0o711) // a database started by root runs as another user, who has to pass through
  const embedded = await openEmbeddedDatabase(folder)
  const stops: (() => Promise<unknown>)[] = [embedded.close]
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const secret = randomBytes(32).toString('hex')
    const environment: NodeJS.ProcessEnv = {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: embedded.url,
      NEXTAUTH_SECRET: secret,
      AUTH_TRUST_HOST: 'true',
      VITRINE_DEMO: 'off',
      VITRINE_DATA: folder,
      LOG_LEVEL: 'silent',
      NEXT_TELEMETRY_DISABLED: '1',
      // What one server does with several processes, a single one shows.
      ...(serverCount > 1 && { VITRINE_WEB_PROCESSES: '1' }),
    }
    // In a process of its own: one process knows one database, and several sites may be opened in this one.
    const prepare = async (release: string) => {
      const parameters = ['--import', 'tsx', 'bin/prepare.ts']
      await promisify(execFile)(process.execPath, parameters, { cwd: release, env: environment })
    }
    await prepare(project)
    const document = await readAssignment()
    const database = new pg.Pool({ connectionString: embedded.url, max: 4 })
    database.on('error', () => {}) // it is killed on purpose; the pool connects anew
    stops.push(() => database.end())
    const { courseId, assignmentId } = await findAssignment(database, document)
    const students = await enrol(database, courseId, count, secret)
    if (!built) await buildWhenNeeded(project, environment, new AbortController().signal, () => {})
    const servers = await Promise.all(
      Array.from({ length: serverCount }, (_, index) => {
        const own = serverCount > 1 && { VITRINE_DATA: path.join(folder, `machine-${index + 1}`) }
        return startApp(project, { ...environment, ...own }, stops)
      }),
    )
    const app = servers[0]!
    const balancer = serverCount > 1 ? await openBalancer(servers.map(({ address }) => address)) : null
    if (balancer) stops.push(balancer.close)
    const agent = new Agent({ keepAlive: true, maxSockets: 256 })
    stops.push(async () => agent.destroy())
    return {
      address: balancer?.address ?? app.address,
      servers,
      balancer,
      agent,
      assignmentId,
      assignmentPath: `/courses/${document.course.slug}/${document.assignment.slug}`,
      parts: document.questions.flatMap(({ content }) => content.parts),
      students,
      database,
      databaseUrl: embedded.url,
      prepare,
      processes: () => ({ app: app.pid(), postgres: embedded.postmaster().pid }),
      kill: (victim) => {
        if (victim === 'postgres') return void process.kill(embedded.postmaster().pid, 'SIGKILL')
        const below = childrenOf(app.pid())
        const one = below[Math.floor(Math.random() * below.length)]
        process.kill(victim === 'web' && one ? one : app.pid(), 'SIGKILL')
      },
      endApp: () => void process.kill(app.pid(), 'SIGTERM'),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function findAssignment(
  database: pg.Pool,
  { course, assignment }: AssignmentDocument,
): Promise<{ readonly courseId: string; readonly assignmentId: string }> {
  const { rows } = await database.query(
    `SELECT c.id AS "courseId", a.id AS "assignmentId" FROM "Assignment" a JOIN "Course" c ON c.id = a."courseId"
     WHERE c.slug = $1 AND a.slug = $2`,
    [course.slug, assignment.slug],
  )
  return rows[0]
}

async function enrol(
  database: pg.Pool,
  courseId: string,
  count: number,
  secret: string,
): Promise<SignedIn[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await database.query(
    `INSERT INTO "User" (id, email, name) SELECT id, id || '@school.example', 'Student' FROM unnest($1::text[]) id`,
    [ids],
  )
  await database.query(
    `INSERT INTO "Enrollment" ("userId", "courseId", role) SELECT id, $2, 'STUDENT' FROM unnest($1::text[]) id`,
    [ids, courseId],
  )
  return Promise.all(
    ids.map(async (userId) => {
      const token = await encode({
        token: { sub: userId, name: 'Student', email: `${userId}@school.example` },
        secret,
      })
      return { userId, cookie: `${sessionCookie}=${token}` }
    }),
  )
}

/**
 * The web processes, started again at once whenever the first one ends.
 * @param stops receives what ends them, before they start
 */
async function startApp(
  project: string,
  environment: NodeJS.ProcessEnv,
  stops: (() => Promise<unknown>)[],
): Promise<WebServer> {
  const port = await findFreePort()
  const address = `http://127.0.0.1:${port}`
  let child: ChildProcess
  let release = project
  let stopping = false
  const start = () => {
    child = spawn(process.execPath, ['bin/web.mjs'], {
      cwd: release,
      env: { ...environment, PORT: String(port), HOST: '127.0.0.1' },
      stdio: 'ignore',
    })
    child.once('exit', () => {
      if (!stopping) start()
    })
  }
  start()
  const stop = async () => {
    stopping = true
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
  stops.push(stop)
  for (const deadline = Date.now() + READY; ; await sleep(100)) {
    const answer = await fetch(`${address}/api/ready`).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok) break
    if (Date.now() > deadline) throw new Error('the site does not answer')
  }
  const replaceBy = (next: string, by: 'SIGTERM' | 'SIGKILL') => {
    release = next
    child.kill(by)
  }
  return { address, pid: () => child.pid!, replaceBy }
}
