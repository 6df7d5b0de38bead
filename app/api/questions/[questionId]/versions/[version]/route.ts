import { contracts } from '@/lib/api/contracts'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { readVersion } from '@/lib/studio/data'

export const GET = route(contracts.readVersion, async ({ viewer, params: { questionId, version } }) => {
  const draft = await readVersion(await authorizeQuestion(viewer, { questionId }, 'question.edit'), version)
  if (!draft) throw new Problem('not-found', `question ${questionId} has no version ${version}`)
  return { version, draft }
})
