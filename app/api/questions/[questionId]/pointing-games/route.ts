import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { readPointingGames } from '@/lib/figures/data'
import { readQuestionForStaff } from '@/lib/questions/data'

export const GET = route(contracts.readPointingGames, async ({ viewer, params }) => {
  const { questionId } = await authorizeQuestion(viewer, params, 'question.read-key')
  const trustRequestId = (await readQuestionForStaff(questionId))?.trustRequestId
  return { games: trustRequestId ? await readPointingGames(trustRequestId) : null }
})
