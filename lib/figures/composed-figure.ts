import type { AuthorizedFigureId } from '@/lib/auth/gate'
import { type ComposeOptions, composeFigure } from '@/lib/explainers/figures/compose'
import { readFigure, readFigureAssets } from '@/lib/figures/data'

const mostRemembered = 40
/** Composing takes a second of a core; a class downloads the same few figures. The latest ones, oldest first. */
const composed = new Map<string, Promise<Uint8Array<ArrayBuffer> | null>>()

/** @returns the whole figure as one PNG; null when there is no such figure. */
export function readComposedFigure(
  figureId: AuthorizedFigureId,
  { language, theme }: ComposeOptions,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const name = `${figureId} ${language} ${theme}`
  const known = composed.get(name)
  composed.delete(name)
  const png = known ?? compose(figureId, { language, theme })
  composed.set(name, png)
  png.catch(() => composed.delete(name))
  const oldest = composed.keys().next()
  if (composed.size > mostRemembered && !oldest.done) composed.delete(oldest.value)
  return png
}

async function compose(figureId: AuthorizedFigureId, options: ComposeOptions) {
  const figure = await readFigure(figureId)
  if (!figure) return null
  return new Uint8Array(await composeFigure(figure.document, await readFigureAssets(figureId), options))
}
