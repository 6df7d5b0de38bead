import { createHash } from 'node:crypto'
import { contracts } from '@/lib/api/contracts'
import { answerKept } from '@/lib/api/kept-answer'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { readScoreboard } from '@/lib/scoreboard/data'

export const GET = route(contracts.readScoreboard, async ({ request, viewer, params, query }) => {
  const access = await authorizeAssignment(viewer, params, 'assignment.overview')
  const board = await readScoreboard(access, query.section)
  // Named without the moment of reading: a page that asks every second or two is answered that nothing has changed. The
  // moment that it shows is part of it, where that is some time ago.
  const { at: _, ...state } = board
  const name = createHash('sha256').update(JSON.stringify(state)).digest('base64url')
  return answerKept(request, { name, type: 'application/json', keep: 'private, no-cache' }, async () =>
    JSON.stringify(board),
  )
})
