import { contracts } from '@/lib/api/contracts'
import { answerKept, forever } from '@/lib/api/kept-answer'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { authorizeFigure } from '@/lib/auth/gate'
import { readFigureAsset } from '@/lib/figures/data'

export const GET = route(contracts.readFigureAsset, async ({ request, viewer, params }) => {
  const figureId = await authorizeFigure(viewer, params.figureId)
  const description = { name: `${figureId}.${params.name}`, type: 'image/png', keep: forever }
  return answerKept(request, description, async () => {
    const png = await readFigureAsset(figureId, params.name)
    if (!png) throw new Problem('not-found', `asset ${params.name} of ${figureId}`)
    return png
  })
})
