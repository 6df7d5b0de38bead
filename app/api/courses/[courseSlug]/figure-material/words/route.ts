import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { readSentenceWords } from '@/lib/figure-previews/service'

export const GET = route(contracts.readSentenceWords, async ({ viewer, params, query }) => {
  await authorizeCourse(viewer, params.courseSlug, 'figure.preview')
  return { words: await readSentenceWords(query.model, query.sentence) }
})
