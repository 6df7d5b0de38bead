import type { Bilingual } from '../../bilingual'
import { selectPart } from '../../language/material'
import { embeddingSimilarity } from '../../methods/embedding-similarity'
import type { TablePanel } from '../document'
import { askFor, type LanguageAsk, type LanguageFigureContext } from '../language-context'
import type { LanguageFigureSpec } from '../spec'
import { same, say } from '../wording'

/** What the figures of similarity between sentences share: their request, and the list of the sentences. */

export type Metric = 'cosine' | 'euclidean'

export const metricNames = {
  cosine: say('餘弦相似度', 'Cosine similarity'),
  euclidean: say('歐氏距離', 'Euclidean distance'),
} as const satisfies Record<Metric, Bilingual>

/** @param pair two sentences, counted from 1 */
export function similarityAsk(
  spec: LanguageFigureSpec,
  context: LanguageFigureContext,
  part: string,
  metric: Metric,
  pair?: readonly [number, number],
): LanguageAsk {
  const parameters = { metric, ...(pair && { pair: pair.map((number) => number - 1) }) }
  return askFor(
    spec,
    context,
    embeddingSimilarity,
    'sentences',
    selectPart(context.sentences, part),
    parameters,
  )
}

/** One sentence as the model reads it. */
export interface ReadSentence {
  readonly text: string
  readonly group: 'fruit' | 'company'
  /** Token position of the part's first token; 0 is [CLS]. */
  readonly position: number
  /** Tokens, with the special ones. */
  readonly length: number
  /** How often the part stands in the sentence. */
  readonly occurrences: number
}

export function readSentencesOf({ sentences, model }: LanguageFigureContext, part: string): ReadSentence[] {
  return selectPart(sentences, part).sentences.map(({ text, selection }, index) => {
    const { tokens } = model.tokenizer.tokenize(text)
    const position = tokens.findIndex(({ span }) => span !== null && span[1] > selection[0])
    return {
      text,
      group: sentences[index]!.group,
      position,
      length: tokens.length,
      occurrences: text.split(part).length - 1,
    }
  })
}

const groupNames = { fruit: say('水果', 'fruit'), company: say('公司', 'company') } as const

/** @param numbers of the sentences that are listed, from 1; default: all */
export function sentenceTable(
  context: LanguageFigureContext,
  numbers: readonly number[] = context.sentences.map((_, index) => index + 1),
): TablePanel {
  return {
    kind: 'table',
    caption: say('句子', 'Sentences'),
    columns: [{ title: say('編號', 'No.'), numbers: true }, { title: say('句子', 'Sentence') }],
    rows: numbers.map((number) => [same(String(number)), same(context.sentences[number - 1]!.text)]),
  }
}

/** The sentences with what may tell them apart. */
export function sentenceFacts(sentences: readonly ReadSentence[], part: string): TablePanel {
  return {
    kind: 'table',
    caption: say('句子', 'Sentences'),
    columns: [
      { title: say('編號', 'No.'), numbers: true },
      { title: say('句子', 'Sentence') },
      { title: say(`「${part}」的位置`, `Position of ${part}`), numbers: true },
      { title: say('長度（token）', 'Length (tokens)'), numbers: true },
      { title: say(`「${part}」的次數`, `Occurrences of ${part}`), numbers: true },
      { title: say('意思', 'Meaning') },
    ],
    rows: sentences.map(({ text, position, length, occurrences, group }, index) => [
      same(String(index + 1)),
      same(text),
      same(String(position)),
      same(String(length)),
      same(String(occurrences)),
      groupNames[group],
    ]),
  }
}
