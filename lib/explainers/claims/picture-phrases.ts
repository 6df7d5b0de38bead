import type { AttributionMethod } from '../attribution-method'
import type { Bilingual } from '../bilingual'
import { say } from '../figures/wording'
import { change, percent, plain, times } from './amount'
import type { LanguageMeasurementName, MeasurementName } from './measurement'
import { pictureName } from './measurements/values'
import { type PhrasesOf, phrase, withArticle } from './phrase'
import type { ReadingValue } from './reading'
import { countWord } from './subject-kinds'

const methods: Readonly<Record<AttributionMethod, Bilingual>> = {
  saliency: say('Saliency Map', 'the saliency map'),
  'smooth-grad': say('SmoothGrad', 'SmoothGrad'),
  'integrated-gradients': say('Integrated Gradients', 'integrated gradients'),
}

const similarities = {
  absolute: say('等級相關', 'rank correlation'),
  signed: say('帶正負號的等級相關', 'rank correlation with signs'),
  ssim: say('結構相似度', 'structural similarity'),
  hog: say('HOG 相關係數', 'correlation of HOGs'),
} as const

const statistics = {
  mean: say('平均', 'mean'),
  p95: say('第 95 百分位', '95th-percentile'),
  maximum: say('最大', 'largest'),
} as const

const average = times(say('整張圖平均', 'the picture’s average'))

/** What is measured on the classifier. */
export const picturePhrases: PhrasesOf<Exclude<MeasurementName, LanguageMeasurementName>> = {
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
  'layer-likeness': ({ method, by }) =>
    phrase('layer', plain(), ({ zh, en }) =>
      say(
        `${zh} 之後，與原模型的 ${methods[method].zh} 的${similarities[by].zh}`,
        `the ${similarities[by].en} of ${methods[method].en} with the trained model’s, ${en},`,
      ),
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
}

function numberOf(values: readonly ReadingValue[], subject: string): number | null {
  return values.find((value) => value.subject === subject)?.value ?? null
}
