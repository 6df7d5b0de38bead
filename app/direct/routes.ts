import { POST as startAttempt } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { PUT as saveAnswer } from '@/app/api/attempts/[attemptId]/answers/[partId]/route'
import { PUT as setFlag } from '@/app/api/attempts/[attemptId]/flags/[questionId]/route'
import { contracts } from '@/lib/api/contracts'

/**
 * What a class sends by the hundred a second. Each is the very handler of the route, found by the address of its contract.
 * Reads stay with Next, which compresses them; so do submissions, which need half of the site for their scores.
 */
export const directRoutes = [
  { contract: contracts.saveAnswer, handle: saveAnswer },
  { contract: contracts.setFlag, handle: setFlag },
  { contract: contracts.startAttempt, handle: startAttempt },
]
