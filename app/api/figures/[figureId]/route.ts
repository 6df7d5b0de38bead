import { contracts } from '@/lib/api/contracts'
import { answerKept, forever } from '@/lib/api/kept-answer'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { authorizeFigure } from '@/lib/auth/gate'
import { readFigure } from '@/lib/figures/data'

export const GET = route(contracts.readFigure, async ({ request, viewer, params }) => {
  const figureId = await authorizeFigure(viewer, params.figureId)
  const description = { name: `${figureId}.json`, type: 'application/json', keep: forever }
  return answerKept(request, description, async () => {
    const figure = await readFigure(figureId)
    if (!figure) throw new Problem('not-found', figureId)
    return JSON.stringify(figure)
  })
})
