import { evidenceId, requestId } from '../request'
import type { EvidenceOf } from './context'
import type { LanguageAsk, LanguageFigureContext, LanguageLayout } from './language-context'
import { attentionHeads } from './layouts/attention-heads'
import { corpusNeighbours } from './layouts/corpus-neighbours'
import { embeddingPairs } from './layouts/embedding-pairs'
import { embeddingSpacePlots } from './layouts/embedding-space'
import { maskedWords } from './layouts/masked-words'
import { similarityMatrices } from './layouts/similarity-matrices'
import { similarityTrend } from './layouts/similarity-trend'
import type { RenderedFigure } from './render'
import type { FigureSpecOf, LanguageFigureSpec } from './spec'

/** Raised when the same spec and evidence would give another document. */
export const languageDrawingVersion = 2

const layouts: { readonly [Name in LanguageFigureSpec['layout']]: LanguageLayout<FigureSpecOf<Name>> } = {
  'attention-heads': attentionHeads,
  'masked-words': maskedWords,
  'corpus-neighbours': corpusNeighbours,
  'embedding-space': embeddingSpacePlots,
  'similarity-matrices': similarityMatrices,
  'similarity-trend': similarityTrend,
  'embedding-pairs': embeddingPairs,
}

// The compiler cannot see that a spec meets the layout of its own name.
const layoutOf = (spec: LanguageFigureSpec) => layouts[spec.layout] as LanguageLayout<LanguageFigureSpec>

/**
 * @returns which evidence the figure is drawn from, in the order in which it is best computed, none of it twice.
 * @throws ExplainerError for a word, layer, head, passage or sentence that does not exist.
 */
export function languageAsks(spec: LanguageFigureSpec, context: LanguageFigureContext): LanguageAsk[] {
  const asks = layoutOf(spec).asks(spec, context)
  return [...new Map(asks.map((ask) => [requestId(ask.request), ask])).values()]
}

/**
 * Draws a figure of a language model from its evidence.
 *
 * @param evidenceOf gives the evidence of any of `languageAsks(spec, context)`.
 */
export async function renderLanguageFigure(
  spec: LanguageFigureSpec,
  context: LanguageFigureContext,
  evidenceOf: EvidenceOf,
): Promise<RenderedFigure> {
  const document = await layoutOf(spec).draw(spec, context, evidenceOf)
  const evidence = []
  for (const { request } of languageAsks(spec, context)) {
    const found = await evidenceOf(request)
    evidence.push({ id: evidenceId(found), manifest: found.manifest })
  }
  return { document, assets: new Map(), manifest: { spec, evidence, drawing: languageDrawingVersion } }
}
