import type { Bilingual } from '../../bilingual'
import { ExplainerError } from '../../errors'
import { positionsOfWord } from '../../language/sentence-input'
import { corpusSearchMethod } from '../../methods/corpus-search'
import type { MatrixPanel, TablePanel } from '../document'
import {
  askFor,
  checkLayers,
  type LanguageAsk,
  type LanguageFigureContext,
  type LanguageLayout,
} from '../language-context'
import type { FigureSpecOf } from '../spec'
import { say, together } from '../wording'

type Spec = FigureSpecOf<'corpus-neighbours'>

/** As a search describes a layer, without what is concluded from it. */
interface SearchedLayer {
  readonly layer: number
  readonly partsOfSpeech: readonly { readonly value: string; readonly count: number }[]
  readonly matches: readonly { readonly sentence: string; readonly span: readonly [number, number] }[]
}

/** Nearest words that are listed for each layer. */
const LISTED = 8

/** Corpora that a reader knows by a title; others are called by their name. */
const corpusTitles: { readonly [name: string]: Bilingual } = {
  'moby-dick': say('《白鯨記》', 'Moby-Dick'),
}

/** Universal part-of-speech tags in words short enough for the foot of a column. */
const tagNames: { readonly [tag: string]: Bilingual } = {
  ADJ: say('形容詞', 'adj.'),
  ADP: say('介詞', 'prep.'),
  ADV: say('副詞', 'adv.'),
  AUX: say('助動詞', 'aux.'),
  CCONJ: say('連接詞', 'conj.'),
  DET: say('限定', 'det.'),
  INTJ: say('感嘆詞', 'interj.'),
  NOUN: say('名詞', 'noun'),
  NUM: say('數詞', 'num.'),
  PART: say('助詞', 'part.'),
  PRON: say('代名詞', 'pron.'),
  PROPN: say('專名', 'name'),
  PUNCT: say('標點', 'punct.'),
  SCONJ: say('從屬', 'subord.'),
  SYM: say('符號', 'symbol'),
  VERB: say('動詞', 'verb'),
  X: say('其他', 'other'),
}

function askOf(spec: Spec, context: LanguageFigureContext): LanguageAsk {
  checkLayers(context, spec.layers)
  const { corpus } = context
  if (!corpus) throw new ExplainerError('corpus-missing', spec.corpus, `corpus '${spec.corpus}' is not there`)
  const text = context.model.tokenizer.tokenize(spec.sentence)
  const ask = askFor(
    spec,
    context,
    corpusSearchMethod,
    'sentence',
    { sentence: spec.sentence },
    {
      position: positionsOfWord(text, spec.at)[0]!,
      masks: spec.mask.flatMap((word) => positionsOfWord(text, word)),
      numbering: 'exbert',
      layers: spec.layers,
      k: spec.neighbours,
    },
  )
  const searched = { name: corpus.name, words: corpus.words, sha256: corpus.sha256 }
  return { ...ask, request: { ...ask.request, parameters: { ...ask.request.parameters, corpus: searched } } }
}

/** A histogram of parts of speech for each layer, and the nearest words themselves. */
export const corpusNeighbours: LanguageLayout<Spec> = {
  asks: (spec, context) => [askOf(spec, context)],

  async draw(spec, context, evidenceOf) {
    const { measurements } = await evidenceOf(askOf(spec, context).request)
    const layers = measurements.layers as unknown as readonly SearchedLayer[]
    const totals = new Map<string, number>()
    for (const { partsOfSpeech } of layers)
      for (const { value, count } of partsOfSpeech) totals.set(value, (totals.get(value) ?? 0) + count)
    const tags = [...totals.keys()].sort((one, other) => totals.get(other)! - totals.get(one)!)
    const values = layers.map(({ partsOfSpeech }) =>
      tags.map((tag) => partsOfSpeech.find(({ value }) => value === tag)?.count ?? 0),
    )
    const words = context.corpus!.words.toLocaleString('en')
    const title = corpusTitles[spec.corpus] ?? say(spec.corpus, spec.corpus)
    const described = layers.map(({ layer, partsOfSpeech }) => {
      const counts = (language: keyof Bilingual) =>
        partsOfSpeech.map(({ value, count }) => `${nameOf(value)[language]} ${count}`)
      return say(
        `Layer ${layer}：${counts('zh').join('，')}。`,
        `Layer ${layer}: ${counts('en').join(', ')}.`,
      )
    })
    const histogram: MatrixPanel = {
      kind: 'matrix',
      cells: 'columns',
      caption: say(
        `最相近的 ${spec.neighbours} 個字的詞性`,
        `Part of speech of the ${spec.neighbours} nearest words`,
      ),
      note: say(
        '每一列是一層的長條圖，數字是字數；取整個字的詞性。',
        'Each row is the histogram of a layer, the numbers count words; a piece has the part of speech of its whole word.',
      ),
      alternative: together(...described),
      rows: layers.map(({ layer }) => say(String(layer), String(layer))),
      columns: tags.map(nameOf),
      rowTitle: say('Layer（與 exBERT 的語料搜尋同一編號）', 'Layer, as exBERT’s corpus search counts'),
      columnTitle: say('詞性', 'Part of speech'),
      values,
      digits: 0,
      scale: {
        colours: 'viridis',
        minimum: 0,
        maximum: Math.max(...values.flat()),
        unit: say('字數', 'Words'),
      },
    }
    const nearest: TablePanel = {
      kind: 'table',
      caption: say('最相近的字，由近到遠', 'Nearest words, nearest first'),
      columns: [{ title: say('Layer', 'Layer'), numbers: true }, { title: say('字', 'Words') }],
      rows: layers.map(({ layer, matches }) => {
        const list = matches.slice(0, LISTED).map(({ sentence, span }) => wholeWord(sentence, span))
        return [say(String(layer), String(layer)), say(list.join(' · '), list.join(' · '))]
      }),
    }
    return {
      groups: [
        {
          heading: say(
            `蓋掉 ${spec.mask.join('、')}，在${title.zh}開頭的 ${words} 個字中搜尋（${context.model.name}）`,
            `“${spec.mask.join('” and “')}” masked, searched in the first ${words} words of ${title.en} (${context.model.name})`,
          ),
          note: say(
            'Layer L 比較的是進入第 L 層的向量，所以 Layer 1 是輸入的 embedding。原課程搜尋的是 Wizard of Oz，用 bert-base-cased。',
            'Layer L compares what goes into layer L, so Layer 1 is the input embedding. The course searched the Wizard of Oz with bert-base-cased.',
          ),
          panels: [histogram, nearest],
        },
      ],
      alternative: together(
        say(
          `在語料中，與蓋掉的 ${spec.at} 的向量最相近的 ${spec.neighbours} 個字，各層的詞性分布。`,
          `Parts of speech, layer by layer, of the ${spec.neighbours} words of the corpus whose vectors are nearest to that of the masked “${spec.at}”.`,
        ),
        histogram.alternative,
      ),
    }
  },
}

function nameOf(tag: string): Bilingual {
  return tagNames[tag] ?? say(tag, tag)
}

/** A match may be a piece of a word. */
function wholeWord(sentence: string, [start, end]: readonly [number, number]): string {
  const isLetter = (character: string | undefined) =>
    character !== undefined && /[\p{L}\p{N}]/u.test(character)
  if (!isLetter(sentence[start])) return sentence.slice(start, end)
  let [from, to] = [start, end]
  while (isLetter(sentence[from - 1])) from--
  while (isLetter(sentence[to])) to++
  return sentence.slice(from, to)
}
