import type { CorpusIndex } from '@/lib/explainers/corpus/corpus-index'
import { ExplainerError } from '@/lib/explainers/errors'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { corpusSearch } from '@/lib/explainers/methods/corpus-search'
import type { CorpusSearchRequest } from '@/lib/explorations/schema'
import { readTokens } from '@/lib/explorations/sentence-tokens'
import type { CorpusMatch, CorpusSearchResult, Count } from '@/lib/explorations/view'

interface FoundLayer {
  readonly state: number
  readonly partsOfSpeech: readonly Count[]
  readonly attended: readonly Count[]
  readonly matches: readonly CorpusMatch[]
}

/**
 * The nearest contextual embeddings of one token at one layer.
 * @throws ExplainerError
 * @throws TooLongError
 */
export async function computeCorpusSearch(
  model: LanguageModel,
  index: CorpusIndex,
  { sentence, masks, position, layer, numbering, head, count }: CorpusSearchRequest,
): Promise<CorpusSearchResult> {
  readTokens(model, sentence)
  const explainer = corpusSearch(index)
  const checked = explainer
    .parameters('homework', model)
    .safeParse({ position, masks, numbering, layers: [layer], k: count, head })
  if (!checked.success) {
    const [issue] = checked.error.issues
    throw new ExplainerError('invalid-parameter', String(issue?.path[0] ?? 'layer'), checked.error.message)
  }
  const { measurements } = await explainer.explain({
    model,
    input: { sentence },
    variant: 'homework',
    parameters: checked.data,
  })
  const [found] = measurements.layers as unknown as readonly FoundLayer[]
  const { name, source, tokens } = measurements.corpus as unknown as CorpusSearchResult['corpus']
  return {
    kind: 'corpus-search',
    corpus: { name, source, tokens },
    position,
    layer,
    numbering,
    state: found!.state,
    partOfSpeech: String(measurements.partOfSpeech),
    partsOfSpeech: found!.partsOfSpeech,
    attended: found!.attended,
    matches: found!.matches.map((match) => ({
      similarity: Math.round(match.similarity * 1e4) / 1e4,
      sentence: match.sentence,
      token: match.token,
      span: match.span,
      pos: match.pos,
      attended: match.attended,
    })),
  }
}
