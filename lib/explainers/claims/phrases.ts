import type { AttributionMethod } from '../attribution-method'
import type { Bilingual } from '../bilingual'
import { say } from '../figures/wording'
import type { PictureName, PictureTitles } from '../pictures/picture-name'
import { type Amount, change, percent, plain, times } from './amount'
import type { Measurement, MeasurementName, MeasurementOf } from './measurement'
import { pictureName } from './measurements/values'
import type { ReadingValue } from './reading'
import { countWord, type SubjectKind } from './subject-kinds'

/** How a measurement is spoken of in a sentence about one of its subjects; `quantities.ts` titles its table. */
export interface Phrase {
  /** The subject's number as the start of a sentence: "the LIME weight summed over the strawberry". */
  of(noun: Bilingual): Bilingual
  /** The subject within a sentence: "the strawberry". */
  noun(value: Pick<ReadingValue, 'subject' | 'name'>): Bilingual
  readonly kind: SubjectKind
  readonly amount: Amount
  /** Said instead of number and comparison where the number only stands for a fact. */
  stated?(subject: string, values: readonly ReadingValue[]): Bilingual | null
}

const methods: Readonly<Record<AttributionMethod, Bilingual>> = {
  saliency: say('Saliency Map', 'the saliency map'),
  'smooth-grad': say('SmoothGrad', 'SmoothGrad'),
  'integrated-gradients': say('Integrated Gradients', 'integrated gradients'),
}

const statistics = {
  mean: say('平均', 'mean'),
  p95: say('第 95 百分位', '95th-percentile'),
  maximum: say('最大', 'largest'),
} as const

const partsOfSpeech: { readonly [tag: string]: Bilingual } = {
  NOUN: say('名詞', 'nouns'),
  VERB: say('動詞', 'verbs'),
  ADJ: say('形容詞', 'adjectives'),
  ADV: say('副詞', 'adverbs'),
  PRON: say('代名詞', 'pronouns'),
  PROPN: say('專有名詞', 'proper nouns'),
}

const properties: { readonly [property: string]: Bilingual } = {
  position: say('位置', 'positions'),
  length: say('句子長度', 'sentence lengths'),
  meaning: say('意思', 'meanings'),
  occurrences: say('出現次數', 'numbers of occurrences'),
}

const metrics = {
  cosine: say('餘弦相似度', 'cosine similarity'),
  euclidean: say('歐氏距離', 'Euclidean distance'),
}

const average = times(say('整張圖平均', 'the picture’s average'))
const evenShare = times(say('平均分配', 'an even share'))

const asNamed: Phrase['noun'] = ({ name }) => name
const withArticle: Phrase['noun'] = ({ name }) => say(name.zh, `the ${name.en}`)

/** Names of a picture's regions where a measurement gives only the English one. */
export type RegionName = (picture: PictureName, region: string) => Bilingual

/** What pictures and their parts are called. */
export interface PictureWords {
  readonly regionName: RegionName
  /** Of uploaded pictures. */
  readonly titles: PictureTitles
}

type Phrases = {
  readonly [Name in MeasurementName]: (measurement: MeasurementOf<Name>, words: PictureWords) => Phrase
}

function phrase(
  kind: SubjectKind,
  amount: Amount,
  of: (noun: Bilingual) => Bilingual,
  more: Partial<Pick<Phrase, 'noun' | 'stated'>> = {},
): Phrase {
  return { kind, amount, of, noun: asNamed, ...more }
}

const phrases: Phrases = {
  'region-weight': () =>
    phrase(
      'region',
      plain('‰'),
      ({ zh, en }) => say(`${zh}的 LIME 權重總和`, `the LIME weight summed over ${en}`),
      { noun: withArticle },
    ),
  'weight-signs': ({ picture, region }, { regionName }) => {
    const { zh: whole, en: wholeEn } = regionName(picture, region)
    return phrase('sign', percent, ({ zh, en }) =>
      say(`${whole}上${zh}占的面積`, `the share of the ${wholeEn} with ${en}`),
    )
  },
  'region-removal': () =>
    phrase(
      'region',
      change,
      ({ zh, en }) =>
        say(
          `以平均色蓋住${zh}後 logit 的變化`,
          `the change of the logit with ${en} filled by its mean colour`,
        ),
      { noun: withArticle },
    ),
  'colour-removal': () =>
    phrase('colour', change, ({ zh, en }) =>
      say(`${zh}後 logit 的變化`, `the change of the logit with ${en}`),
    ),
  'map-disagreement': () =>
    phrase('picture', plain(), ({ zh, en }) =>
      say(
        `${zh}的 LIME 正權重與 Saliency Map 不一致的程度`,
        `the disagreement of positive LIME weight and saliency in ${en}`,
      ),
    ),
  'region-enrichment': ({ method }) =>
    phrase(
      'region',
      average,
      ({ zh, en }) =>
        say(`${methods[method].zh} 在${zh}上的密度`, `the density of ${methods[method].en} on ${en}`),
      { noun: withArticle },
    ),
  'food-enrichment': ({ foods }) =>
    phrase(
      'method',
      average,
      ({ zh, en }) =>
        say(
          `${zh} 在食物上的密度（${foods.length} 張圖片平均）`,
          `the density of ${en} on the food (mean of ${countWord(foods.length)} pictures)`,
        ),
      { noun: ({ subject, name }) => methods[subject as AttributionMethod] ?? name },
    ),
  'map-overlap': ({ methods: [one, other], share }) =>
    phrase('picture', percent, ({ zh, en }) => {
      const strongest = percent.full(share).en
      return say(
        `${zh}中 ${methods[one].zh} 與 ${methods[other].zh} 最強 ${strongest} 像素的重疊`,
        `the overlap of the strongest ${strongest} of pixels of ${methods[one].en} and ${methods[other].en} in ${en}`,
      )
    }),
  'solid-likeness': ({ method }) =>
    phrase(
      'solid',
      plain(),
      ({ zh, en }) =>
        say(`${methods[method].zh} 與${zh}的相關係數`, `the correlation of ${methods[method].en} with ${en}`),
      { noun: ({ name }) => say(name.zh, `a ${name.en}`) },
    ),
  'steps-likeness': ({ reference }) =>
    phrase('steps', plain(), ({ zh, en }) =>
      say(
        `${zh} 與 ${reference} steps 的結果的相關係數`,
        `the correlation of the results of ${en} and of ${reference} steps`,
      ),
    ),
  'steps-contrast': () =>
    phrase('steps', times(say('平均值', 'the mean')), ({ zh, en }) =>
      say(`${zh} 時最亮處的值`, `the brightest point with ${en}`),
    ),
  'gradient-scale': () =>
    phrase('picture', times(say('其中最小者', 'the smallest such')), ({ zh, en }) =>
      say(`${zh}的最大梯度`, `the largest gradient of ${en}`),
    ),
  'finite-differences': ({ picture, places }, { titles }) =>
    phrase('number', plain(), () => {
      const shown = pictureName(picture, titles)
      return say(
        `${shown.zh}的梯度與實際微調 ${places} 處所得斜率的相關係數`,
        `the correlation of the gradient of ${shown.en} with the slopes found by nudging ${places} of its values`,
      )
    }),
  'normalization-effect': ({ picture }, { titles }) =>
    phrase(
      'number',
      plain(),
      ({ zh, en }) => {
        const shown = pictureName(picture, titles)
        return say(`${shown.zh}在 ${zh}的平均亮度`, `the mean brightness of ${shown.en} ${en}`)
      },
      {
        stated: (subject, values) => {
          const moved = subject === 'moved' ? numberOf(values, subject) : null
          if (moved === null) return null
          return moved > 0.5
            ? say('最亮處換了位置', 'the brightest place moves')
            : say('最亮處的位置不變', 'the brightest place stays where it is')
        },
      },
    ),
  'cascade-likeness': ({ method }) =>
    phrase(
      'model',
      plain(),
      ({ zh, en }) =>
        say(
          `${zh}與訓練好的模型，兩者 ${methods[method].zh} 的等級相關`,
          `the rank correlation of ${methods[method].en} of ${en} with that of the trained model`,
        ),
      { noun: withArticle },
    ),
  'edge-likeness': ({ method }) =>
    phrase(
      'model',
      plain(),
      ({ zh, en }) =>
        say(
          `${zh}的 ${methods[method].zh} 與邊緣偵測的等級相關`,
          `the rank correlation of ${methods[method].en} of ${en} with an edge detector`,
        ),
      { noun: withArticle },
    ),
  'attribution-sum': ({ steps }) =>
    phrase(
      'number',
      plain(),
      ({ zh, en }) =>
        say(
          `${steps} 步所得歸因的總和與${zh}的差距`,
          `the distance of the attributions’ sum (${steps} steps) from ${en}`,
        ),
      { noun: ({ subject, name }) => (subject === 'zero' ? say(' 0', '0') : withArticle({ subject, name })) },
    ),
  'seed-agreement': () =>
    phrase('copies', plain(), ({ zh, en }) =>
      say(
        `用 ${zh}時，兩個隨機種子所得 SmoothGrad 的等級相關`,
        `the rank correlation of SmoothGrad over two seeds with ${en}`,
      ),
    ),
  'contribution-density': ({ baseline }) =>
    phrase(
      'region',
      average,
      ({ zh, en }) =>
        say(
          `從全${baseline === 'black' ? '黑' : '白'}的基準圖出發，貢獻在${zh}上的密度`,
          `the density of contributions on ${en}, from a ${baseline} baseline,`,
        ),
      { noun: withArticle },
    ),
  'region-activation': ({ statistic }) =>
    phrase(
      'part',
      plain(),
      ({ zh, en }) =>
        say(
          `${zh}的${statistics[statistic].zh} activation`,
          `the ${statistics[statistic].en} activation of ${en}`,
        ),
      { noun: withArticle },
    ),
  'activation-sharpness': () =>
    phrase('layer', plain(), ({ zh, en }) => say(`${zh}的清晰度`, `the sharpness of ${en}`)),
  'activation-likeness': ({ layers: [one, other] }) =>
    phrase('number', plain(), () =>
      say(
        `第 ${one} 層與第 ${other} 層 activation 位置的相關係數`,
        `the correlation of where layers ${one} and ${other} are activated`,
      ),
    ),
  'layer-kind': ({ layer }) =>
    phrase('number', plain(), ({ zh, en }) => say(`cnnid=${layer} 是 ${zh}`, `cnnid=${layer} being ${en}`), {
      stated: (subject, values) => {
        const found = values.find(({ value }) => value === 1)
        const claimed = values.find((value) => value.subject === subject)
        if (!found || !claimed) return null
        return found === claimed
          ? say(`cnnid=${layer} 的層是 ${found.name.zh}`, `the layer at cnnid=${layer} is ${found.name.en}`)
          : say(
              `cnnid=${layer} 的層是 ${found.name.zh}，不是 ${claimed.name.zh}`,
              `the layer at cnnid=${layer} is ${found.name.en}, not ${claimed.name.en}`,
            )
      },
    }),
  'head-focus': ({ head }) =>
    phrase(
      'target',
      evenShare,
      ({ zh, en }) =>
        say(
          `各層第 ${head} 個 head 對${zh}的平均權重，最大`,
          `the largest mean weight of head ${head} on ${en}, of all layers,`,
        ),
      { noun: withArticle },
    ),
  'masked-part-of-speech': ({ neighbours, partOfSpeech }) =>
    phrase('layer', percent, ({ zh, en }) => {
      const wanted = partsOfSpeech[partOfSpeech] ?? say(partOfSpeech, partOfSpeech)
      return say(
        `${zh}最相近的 ${neighbours} 個字中${wanted.zh}領先的比例`,
        `the lead of ${wanted.en} among the ${neighbours} nearest words at ${en}`,
      )
    }),
  'masked-words': ({ word }) =>
    phrase(
      'word',
      percent,
      ({ zh, en }) =>
        say(`在「${word}」的位置預測${zh}的機率`, `the probability of ${en} in the place of “${word}”`),
      { noun: ({ name }) => say(`「${name.zh}」`, `“${name.en}”`) },
    ),
  'masked-drop': ({ also, token }) =>
    phrase('number', plain(), () =>
      say(
        `把「${also}」也蓋掉後，「${token}」的機率減少的量`,
        `the decrease of the probability of “${token}” when “${also}” is masked too`,
      ),
    ),
  'head-weight': ({ head, from, to }) =>
    phrase('layer', evenShare, ({ zh, en }) =>
      say(
        `${zh}第 ${head} 個 head 由「${from}」到「${to}」的權重`,
        `the weight of head ${head} from “${from}” to “${to}” at ${en}`,
      ),
    ),
  'answer-distance': () =>
    phrase('layer', times(say('平均距離', 'the mean distance')), ({ zh, en }) =>
      say(
        `${zh}的答案與其他 embedding 的距離`,
        `the distance of the answer from the other embeddings at ${en}`,
      ),
    ),
  'question-matching': () =>
    phrase('group', change, ({ zh, en }) =>
      say(
        `${zh}中，相關句子與問題的 cosine 高出其餘句子的量`,
        `the cosine of the question with the relevant sentence, minus that with the rest, at ${en}`,
      ),
    ),
  'sentence-clustering': () =>
    phrase('group', percent, ({ zh, en }) =>
      say(
        `${zh}中，最近鄰屬於同一句的比例減去隨機值`,
        `the share of nearest neighbours in the same sentence, above chance, at ${en}`,
      ),
    ),
  'group-separation': ({ choices }) =>
    phrase(
      'choice',
      plain(),
      ({ zh, en }) =>
        say(`用${zh}比較時，水果與公司兩群分開的程度`, `the separation of fruit and company by ${en}`),
      {
        noun: ({ subject, name }) => {
          const choice = choices.find(({ metric, part }) => `${metric} ${part}` === subject)
          if (!choice) return name
          const { zh, en } = metrics[choice.metric]
          return say(`「${choice.part}」的${zh}`, `the ${en} of 「${choice.part}」`)
        },
      },
    ),
  'pair-similarity': ({ part, sentences: [one, other] }) =>
    phrase('layer', plain(), ({ zh, en }) =>
      say(
        `句 ${one} 與句 ${other} 的「${part}」在${zh}的 cosine 相似度`,
        `the cosine similarity of 「${part}」 in sentences ${one} and ${other} at ${en}`,
      ),
    ),
  'embedding-dependence': ({ part }) =>
    phrase(
      'property',
      percent,
      ({ zh, en }) =>
        say(
          `各句對中，第 0 層「${part}」的 embedding 是否相等與${zh}是否相同的一致率`,
          `the agreement between equal layer-0 embeddings of 「${part}」 and equal ${en}, over all pairs of sentences,`,
        ),
      { noun: ({ subject, name }) => properties[subject] ?? name },
    ),
}

/** @returns how to speak of a measurement's numbers in a sentence. */
export function phraseOf(measurement: Measurement, words: PictureWords): Phrase {
  // The compiler cannot see that a measurement meets the function of its own name.
  const make = phrases[measurement.measure] as (measurement: Measurement, words: PictureWords) => Phrase
  return make(measurement, words)
}

function numberOf(values: readonly ReadingValue[], subject: string): number | null {
  return values.find((value) => value.subject === subject)?.value ?? null
}
