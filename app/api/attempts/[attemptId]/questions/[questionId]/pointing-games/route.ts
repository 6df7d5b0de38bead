import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeOwnAttempt } from '@/lib/auth/gate'
import { readPointingGamesReleasedTo } from '@/lib/grading/data'

export const GET = route(contracts.readReleasedPointingGames, async ({ viewer, params }) => {
  const access = await authorizeOwnAttempt(viewer, { attemptId: params.attemptId }, 'attempt.result')
  return { games: await readPointingGamesReleasedTo(access, params.questionId) }
})
