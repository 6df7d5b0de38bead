import { ExplainerError } from '../../errors'
import { positionsOfWord } from '../../language/sentence-input'
import { maskedPrediction, topIds } from '../../methods/masked-prediction'
import type { BarsPanel, PanelGroup } from '../document'
import { askFor, type LanguageFigureContext, type LanguageLayout } from '../language-context'
import { formatNumber } from '../number-format'
import { arrayOf } from '../panels'
import type { FigureSpecOf } from '../spec'
import { say, together } from '../wording'

type Spec = FigureSpecOf<'masked-words'>

interface Case {
  readonly words: readonly string[]
  readonly positions: number[]
}

function casesOf(spec: Spec, { model }: LanguageFigureContext): Case[] {
  const text = model.tokenizer.tokenize(spec.sentence)
  return spec.also.map((also) => {
    const words = [spec.at, ...also]
    return {
      words,
      positions: words.flatMap((word) => positionsOfWord(text, word)).sort((one, other) => one - other),
    }
  })
}

function askOf(spec: Spec, context: LanguageFigureContext, { positions }: Case) {
  const [first] = casesOf(spec, context)
  return askFor(
    spec,
    context,
    maskedPrediction,
    'sentence',
    { sentence: spec.sentence },
    {
      masks: positions,
      // The first comparison is what the others are compared with.
      compare:
        positions === first!.positions || positions.join() === first!.positions.join()
          ? []
          : first!.positions,
      watch: spec.watch,
    },
  )
}

/** The most probable tokens at one masked word, with more and more of the sentence masked. */
export const maskedWords: LanguageLayout<Spec> = {
  asks: (spec, context) => casesOf(spec, context).map((each) => askOf(spec, context, each)),

  async draw(spec, context, evidenceOf) {
    const { tokenizer, name } = context.model
    const text = tokenizer.tokenize(spec.sentence)
    const at = positionsOfWord(text, spec.at)[0]!
    const watched = spec.watch.map((word) => watchedId(context, word))
    const groups: PanelGroup[] = []
    for (const each of casesOf(spec, context)) {
      const probabilities = arrayOf(await evidenceOf(askOf(spec, context, each).request), 'probabilities')
      const [, size = 0] = probabilities.shape
      const row = each.positions.indexOf(at)
      const own = Float64Array.from(probabilities.data.subarray(row * size, (row + 1) * size))
      const likely = topIds(own, spec.top)
      const ids = [...likely, ...watched.filter((id) => !likely.includes(id))].sort(
        (one, other) => own[other]! - own[one]!,
      )
      const bars = ids.map((id) => {
        const token = tokenizer.textOf(id)
        return { label: say(token, token), value: Math.round(own[id]! * 1e4) / 1e4 }
      })
      const listed = bars.map(({ label, value }) => `${label.en} ${formatNumber(value)}`)
      const sentence = maskedSentence(text.texts[0], text.tokens, each.positions)
      const panel: BarsPanel = {
        kind: 'bars',
        axis: 'linear',
        maximum: 1,
        caption: say(
          `模型在 ${spec.at} 的位置預測的 token`,
          `What the model predicts in the place of “${spec.at}”`,
        ),
        unit: say('機率', 'Probability'),
        alternative: say(
          `句子「${sentence}」，在 ${spec.at} 的位置：${listed.join('，')}。`,
          `“${sentence}”, in the place of “${spec.at}”: ${listed.join(', ')}.`,
        ),
        bars,
      }
      groups.push({
        heading: say(`蓋掉 ${each.words.join('、')}`, `“${each.words.join('” and “')}” masked`),
        note: say(sentence, sentence),
        panels: [panel],
      })
    }
    return {
      groups,
      alternative: together(
        say(
          `${name} 在蓋掉的位置預測的 token 與機率。`,
          `What ${name} predicts in a masked place, with probabilities.`,
        ),
        ...groups.flatMap(({ panels }) =>
          panels.flatMap((panel) => (panel.kind === 'bars' ? [panel.alternative] : [])),
        ),
      ),
    }
  },
}

function watchedId({ model }: LanguageFigureContext, word: string): number {
  const id = model.tokenizer.idOf(word)
  if (id !== undefined) return id
  throw new ExplainerError('invalid-parameter', 'watch', `'${word}' is not one token of ${model.name}`)
}

/** The sentence as the model reads it. */
function maskedSentence(
  sentence: string,
  tokens: readonly { readonly span: readonly [number, number] | null }[],
  positions: readonly number[],
): string {
  return positions.reduceRight((text, position) => {
    const [start, end] = tokens[position]!.span!
    return `${text.slice(0, start)}[MASK]${text.slice(end)}`
  }, sentence)
}
