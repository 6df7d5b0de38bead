import { createHash } from 'node:crypto'
import { contracts } from '@/lib/api/contracts'
import { answerKept, forADay } from '@/lib/api/kept-answer'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { authorizeFigure } from '@/lib/auth/gate'
import { readComposedFigure } from '@/lib/figures/composed-figure'

export const GET = route(contracts.readFigureImage, async ({ request, viewer, params, query }) => {
  const figureId = await authorizeFigure(viewer, params.figureId)
  const png = await readComposedFigure(figureId, query)
  if (!png) throw new Problem('not-found', figureId)
  const name = createHash('sha256').update(png).digest('hex')
  return answerKept(request, { name, type: 'image/png', keep: forADay }, async () => png)
})
