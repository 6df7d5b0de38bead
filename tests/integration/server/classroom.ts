import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { type AssignmentAccess, authorizeAssignment, type Viewer } from '@/lib/auth/gate'
import type { Role } from '@/lib/auth/permissions'
import { type SessionHolder, sessionCookie } from '@/lib/auth/session'
import { staffDatabase } from '@/lib/database/staff'
import { environment } from '@/lib/environment'
import type { AssignmentDocument } from '@/lib/interchange/assignment-document'
import type { ScheduleInput } from '@/lib/timing/schema'
import { seedAssignment } from '@/prisma/seed'

/** A course of its own for each test, with a small assignment and whoever is needed. */

export interface Classroom {
  readonly courseId: string
  readonly courseSlug: string
  readonly assignmentId: string
  readonly document: AssignmentDocument
  enrol(role: Role): Promise<Viewer>
  /** An instructor's right to set dates. */
  scheduling(): Promise<AssignmentAccess<'assignment.schedule'>>
}

/** The person with a session that has just begun. */
export function inSession(viewer: Viewer): SessionHolder {
  return { ...viewer, since: new Date() }
}

/** Settings without any limit, dates in UTC. */
export const openSchedule: ScheduleInput = {
  timeZone: 'UTC',
  opensAt: null,
  dueAt: null,
  closesAt: null,
  lateTiers: [],
  timeLimitMinutes: null,
  attemptsAllowed: 1,
  attemptKeep: 'HIGHEST',
  scoreRelease: 'ON_SUBMIT',
  scoreReleaseAt: null,
  keyRelease: 'ON_SUBMIT',
  keyReleaseAt: null,
  appealsUntil: null,
}

const bilingual = (text: string) => ({ zh: `${text}（中）`, en: text })

/** @param secret goes into every explanation, so that a leak can be found. */
export function question(
  number: number,
  {
    correct = ['a'],
    secret = 'because',
    figure = null as AssignmentDocument['questions'][number]['figure'],
  } = {},
): AssignmentDocument['questions'][number] {
  const slug = `q${String(number).padStart(2, '0')}`
  return {
    slug,
    content: {
      label: String(number),
      topic: 'lime',
      prompt: bilingual(`Question ${number}`),
      parts: [
        {
          id: slug,
          label: String(number),
          selection: { kind: correct.length > 1 ? 'any' : 'one' },
          points: 300,
          options: ['a', 'b', 'c', 'd'].map((id) => ({ id, text: bilingual(`Option ${id}`) })),
        },
      ],
    },
    key: { [slug]: { correct, rule: { name: 'exact' }, explanation: bilingual(secret) } },
    figure,
  }
}

export function assignmentDocument(
  questions: AssignmentDocument['questions'],
  settings: Partial<AssignmentDocument['assignment']> = {},
  courseSlug = `course-${randomUUID()}`,
): AssignmentDocument {
  return {
    format: 'vitrine-assignment/1',
    course: { slug: courseSlug, title: bilingual('Course') },
    assignment: {
      slug: 'hw',
      title: bilingual('Homework'),
      introduction: bilingual('Introduction'),
      opensAt: null,
      dueAt: null,
      closesAt: null,
      lateTiers: [],
      timeLimitMinutes: null,
      attemptsAllowed: 1,
      attemptKeep: 'HIGHEST',
      scoreRelease: 'ON_SUBMIT',
      scoreReleaseAt: null,
      keyRelease: 'ON_SUBMIT',
      keyReleaseAt: null,
      appealsUntil: null,
      ...settings,
    },
    questions,
  }
}

export async function openClassroom(
  questions = [question(1), question(2, { correct: ['a', 'b'] }), question(3)],
  settings: Partial<AssignmentDocument['assignment']> = {},
): Promise<Classroom> {
  const document = assignmentDocument(questions, settings)
  const { courseId, assignmentId } = await seedAssignment(document)
  return {
    courseId,
    courseSlug: document.course.slug,
    assignmentId,
    document,
    enrol: (role) => enrolIn(courseId, role),
    scheduling: async () =>
      authorizeAssignment(await enrolIn(courseId, 'INSTRUCTOR'), { assignmentId }, 'assignment.schedule'),
  }
}

export async function enrolIn(courseId: string, role: Role): Promise<Viewer> {
  const viewer = await stranger()
  await staffDatabase.enrollment.create({ data: { userId: viewer.userId, courseId, role } })
  return viewer
}

/** Somebody with an account and no course. */
export async function stranger(): Promise<Viewer> {
  const name = `Person ${randomUUID().slice(0, 8)}`
  const user = await staffDatabase.user.create({
    data: { name, email: `${randomUUID()}@example.org` },
  })
  return { userId: user.id, name, email: user.email }
}

type Handler = (
  request: Request,
  context: { params: Promise<Readonly<Record<string, string | string[]>>> },
) => Promise<Response>

export interface CallOptions {
  readonly params?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array

/** Calls a route as a browser of this site does, with the session of `viewer`. */
export async function call(
  handler: Handler,
  method: string,
  viewer: Viewer | null,
  { params = {}, body, query = '', headers = {} }: CallOptions = {},
): Promise<Response> {
  const all = new Headers({ host: 'localhost:3000', 'sec-fetch-site': 'same-origin', ...headers })
  if (viewer) all.set('cookie', `${all.get('cookie') ?? 'other=1'}; ${await cookieOf(viewer)}`)
  if (body !== undefined && !all.has('content-type')) all.set('content-type', 'application/json')
  const request = new Request(`http://localhost:3000/api${query}`, {
    method,
    headers: all,
    ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
  })
  return handler(request, { params: Promise.resolve(params) })
}

/** @returns what a browser sends in which the person has signed in. */
export async function cookieOf(viewer: Viewer): Promise<string> {
  const token = await encode({
    token: { sub: viewer.userId, name: viewer.name, email: viewer.email },
    secret: environment().NEXTAUTH_SECRET,
  })
  return `${sessionCookie}=${token}`
}
