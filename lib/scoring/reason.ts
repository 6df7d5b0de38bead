import type { Bilingual } from '@/lib/explainers/bilingual'
import type { Rule } from '@/lib/questions/content'
import type { Decisions } from './decisions'

/**
 * How a rule comes to its share of the points, as a calculation: "(2 right − 1 wrong) ÷ 3 correct".
 * @param chosen the choice that `decisions` was counted from
 */
export function wordReason(rule: Rule, decisions: Decisions, chosen: readonly string[]): Bilingual {
  const { right, wrong, missed, correct, offered } = decisions
  switch (rule.name) {
    case 'exact':
      return wrong === 0 && missed === 0
        ? { zh: '與正解完全相同', en: 'exactly the key' }
        : { zh: '與正解不完全相同', en: 'not exactly the key' }
    case 'right-minus-wrong': {
      const floor = wrong > right
      return {
        zh: `（選對 ${right} 個 − 選錯 ${wrong} 個）÷ ${correct} 個正解${floor ? '，最低為 0' : ''}`,
        en: `(${right} right − ${wrong} wrong) ÷ ${correct} correct${floor ? ', never below 0' : ''}`,
      }
    }
    case 'each-decision':
      return {
        zh: `${offered} 個選項中，${offered - wrong - missed} 個的選或不選正確`,
        en: `${offered - wrong - missed} of ${offered} options rightly chosen or left`,
      }
    case 'coverage':
      return right === 0
        ? { zh: '沒有選到正解', en: 'no correct option found' }
        : {
            zh: `選到 ${right}/${correct} 的正解 × 所選有 ${right}/${right + wrong} 正確`,
            en: `${right}/${correct} found × ${right}/${right + wrong} of the choice right`,
          }
    case 'weighted':
      return wordWeights(chosen.map((id) => rule.fractions[id] ?? 0))
    case 'full-credit':
      return { zh: '不論選什麼都給滿分', en: 'full points for any answer' }
  }
}

/** @param fractions thousandths */
function wordWeights(fractions: readonly number[]): Bilingual {
  if (fractions.length === 0) return { zh: '未作答', en: 'nothing chosen' }
  const percent = (fraction: number) => `${Math.abs(fraction) / 10} %`
  const sum = fractions.reduce((total, fraction) => total + fraction, 0)
  const terms = fractions
    .map((fraction, index) => {
      const sign = fraction < 0 ? '−' : '+'
      return index === 0 ? `${fraction < 0 ? '−' : ''}${percent(fraction)}` : ` ${sign} ${percent(fraction)}`
    })
    .join('')
  const total = fractions.length > 1 ? `${terms} = ${sum < 0 ? '−' : ''}${percent(sum)}` : terms
  if (sum < 0) return { zh: `${total}，最低為 0`, en: `${total}, never below 0` }
  if (sum > 1000) return { zh: `${total}，最高為滿分`, en: `${total}, never above full points` }
  return { zh: total, en: total }
}
