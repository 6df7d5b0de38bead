import { expect, it, vi } from 'vitest'
import { POST as postStart } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { PUT as putAnswer } from '@/app/api/attempts/[attemptId]/answers/[partId]/route'
import { staffDatabase } from '@/lib/database/staff'
import { call, openClassroom } from './classroom'

/** What happens between a save that nothing was stored of and the look at why. */
let meanwhile: () => Promise<unknown> = async () => {}
vi.mock('@/lib/auth/session', async (original) => {
  const session = await original<typeof import('@/lib/auth/session')>()
  const isRevoked: typeof session.isRevoked = async (holder) => {
    await meanwhile()
    return session.isRevoked(holder)
  }
  return { ...session, isRevoked }
})

async function startedAttempt() {
  const room = await openClassroom()
  const student = await room.enrol('STUDENT')
  const started = await call(postStart, 'POST', student, { params: { assignmentId: room.assignmentId } })
  const { attemptId } = (await started.json()) as { attemptId: string }
  const save = async (option: string, revision: number) => {
    const body = { optionIds: [option], clientId: 'tab', revision }
    const response = await call(putAnswer, 'PUT', student, { params: { attemptId, partId: 'q01' }, body })
    return { status: response.status, body: await response.json() }
  }
  const allow = (tokens: number) =>
    staffDatabase.saveAllowance.update({ where: { attemptId }, data: { tokens, countedAt: new Date() } })
  return { save, allow }
}

it('a save that had to wait for its turn is stored when the turn has come, and no older answer takes its place', async () => {
  const { save, allow } = await startedAttempt()
  expect((await save('a', 1)).body.status).toBe('stored')
  await allow(-1)
  meanwhile = () => allow(600)
  expect((await save('b', 2)).body).toMatchObject({ status: 'stored', optionIds: ['b'], revision: 2 })
})
