import { beforeAll, expect, it } from 'vitest'
import { POST as postAttempt } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { POST as postSubmit } from '@/app/api/attempts/[attemptId]/submit/route'
import { staffDatabase } from '@/lib/database/staff'
import { type Classroom, call, openClassroom } from './classroom'

/** In which language an attempt was read is stored when it is started, and once more when it is submitted. */

let room: Classroom
beforeAll(async () => {
  room = await openClassroom()
})

/** @returns what is stored after an attempt was started and submitted with these language cookies. */
async function readingOf(atStart: string, atSubmission: string): Promise<(string | null)[]> {
  const student = await room.enrol('STUDENT')
  const speaking = (language: string) => ({ headers: { cookie: `vitrine-language=${language}` } })
  const started = await call(postAttempt, 'POST', student, {
    params: { assignmentId: room.assignmentId },
    ...speaking(atStart),
  })
  const { attemptId } = (await started.json()) as { attemptId: string }
  const stored = async () =>
    (await staffDatabase.attempt.findUniqueOrThrow({ where: { id: attemptId } })).reading
  const first = await stored()
  await call(postSubmit, 'POST', student, { params: { attemptId }, ...speaking(atSubmission) })
  return [first, await stored()]
}

it('one language at both ends is that language', async () => {
  expect(await readingOf('zh', 'zh')).toEqual(['ZH', 'ZH'])
  expect(await readingOf('en', 'en')).toEqual(['EN', 'EN'])
})

it('two languages, in one of the ends or from one to the other, are both', async () => {
  expect(await readingOf('zh', 'en')).toEqual(['ZH', 'BOTH'])
  expect(await readingOf('en+both', 'en')).toEqual(['BOTH', 'BOTH'])
})
