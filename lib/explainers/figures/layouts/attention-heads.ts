import { positionsOfWord } from '../../language/sentence-input'
import { attention } from '../../methods/attention'
import type { AttentionPanel } from '../document'
import { askFor, checkLayers, type LanguageFigureContext, type LanguageLayout } from '../language-context'
import { formatNumber } from '../number-format'
import { arrayOf } from '../panels'
import type { FigureSpecOf } from '../spec'
import { say, together } from '../wording'

type Spec = FigureSpecOf<'attention-heads'>

/** Weights below these are left out: lines that nobody could see. */
const FAINTEST = 0.05
const FAINTEST_SINGLED_OUT = 0.005

const tokensOf = ({ sentence }: Spec, { model }: LanguageFigureContext) => model.tokenizer.tokenize(sentence)

function askOf(spec: Spec, context: LanguageFigureContext) {
  checkLayers(context, spec.layers, spec.head)
  const text = tokensOf(spec, context)
  const position = (word: string) => positionsOfWord(text, word)[0]!
  const pairs = spec.from && spec.to ? [[position(spec.from), position(spec.to)]] : []
  return askFor(spec, context, attention, 'sentence', { sentence: spec.sentence }, { pairs })
}

/** One head in several layers, drawn as exBERT draws it. */
export const attentionHeads: LanguageLayout<Spec> = {
  asks: (spec, context) => [askOf(spec, context)],

  async draw(spec, context, evidenceOf) {
    const attentions = arrayOf(await evidenceOf(askOf(spec, context).request), 'attentions')
    const text = tokensOf(spec, context)
    const from = spec.from === undefined ? undefined : positionsOfWord(text, spec.from)[0]!
    const tokens = text.tokens.map((token) => token.text)
    const [, heads = 0, count = 0] = attentions.shape
    const panels = spec.layers.map((layer): AttentionPanel => {
      const start = ((layer - 1) * heads + spec.head - 1) * count * count
      const weight = (query: number, key: number) => attentions.data[start + query * count + key]!
      const links = tokens.flatMap((_, query) =>
        tokens.flatMap((_, key) => {
          const value = weight(query, key)
          const isShown = value >= (query === from ? FAINTEST_SINGLED_OUT : FAINTEST)
          return isShown ? [[query, key, Math.round(value * 1e4) / 1e4] as const] : []
        }),
      )
      const caption = say(`Layer ${layer} head ${spec.head}`, `Layer ${layer} head ${spec.head}`)
      return {
        kind: 'attention',
        caption,
        alternative: describeHead(caption.en, tokens, links, from),
        tokens,
        links,
        ...(from !== undefined && { from }),
      }
    })
    const name = context.model.name
    const heading = say(
      `${name} 的第 ${spec.head} 個 head，句子是「${spec.sentence}」`,
      `Head ${spec.head} of ${name} on “${spec.sentence}”`,
    )
    const singled = spec.from
      ? say(
          `「${spec.from}」的線上了顏色，右端的數字是它分給各個 token 的權重。`,
          `The lines of “${spec.from}” are coloured, and the numbers at the right are the weights that it gives.`,
        )
      : say('', '')
    return {
      groups: [
        {
          heading,
          note: together(
            say(
              `左邊是發出注意力的 token，右邊是被關注的 token；線越粗、越深，權重越大。小於 ${FAINTEST} 的不畫。layer 與 head 由 1 起算，與 exBERT 相同。`,
              `On the left the token that attends, on the right what it attends to; the thicker and darker the line, the larger the weight. Weights below ${FAINTEST} are left out. Layers and heads count from 1, as in exBERT.`,
            ),
            ...(spec.from ? [singled] : []),
          ),
          panels,
        },
      ],
      alternative: together(
        say(
          `${name} 第 ${spec.head} 個 head 在第 ${spec.layers.join('、')} 層對這個句子的注意力權重。`,
          `Attention weights of head ${spec.head} of ${name} in layers ${spec.layers.join(', ')} on this sentence.`,
        ),
        ...panels.map((panel) => panel.alternative),
      ),
    }
  },
}

/** Facts that are read from the lines: the strongest of each head, or all of the token that is singled out. */
function describeHead(
  caption: string,
  tokens: readonly string[],
  links: AttentionPanel['links'],
  from: number | undefined,
) {
  const chosen =
    from === undefined
      ? tokens.flatMap((_, query) => strongest(links, query))
      : links.filter(([query]) => query === from).sort((one, other) => other[2] - one[2])
  const words = chosen
    .slice(0, from === undefined ? chosen.length : 6)
    .map(([query, key, weight]) => `${tokens[query]} → ${tokens[key]} ${formatNumber(weight)}`)
  return say(
    `${caption}：${from === undefined ? '每個 token 權重最大的一條線是' : '由大到小是'} ${words.join('，')}。`,
    `${caption}: ${from === undefined ? 'the strongest line of each token is' : 'from the largest down'} ${words.join(', ')}.`,
  )
}

function strongest(links: AttentionPanel['links'], query: number): AttentionPanel['links'] {
  const own = links.filter(([from]) => from === query)
  const best = own.reduce((best, link) => (link[2] > best[2] ? link : best), own[0] ?? [query, query, 0])
  return own.length > 0 ? [best] : []
}
