import type { Bilingual } from '@/lib/explainers/bilingual'
import type { ScoreRule } from '@/lib/questions/content'
import type { Decisions } from './decisions'
import type { Total } from './paper-score'
import { formatPoints } from './points'

/** What a rule does, short enough to stand in brackets after a score. */
export const ruleWording: Readonly<Record<ScoreRule, Bilingual>> = {
  exact: { zh: '全對才給分', en: 'all or nothing' },
  'right-minus-wrong': { zh: '選錯的選項會抵銷選對的', en: 'each wrong choice cancels a right one' },
  'each-decision': { zh: '每個選項的選與不選各自計分', en: 'every option counts, chosen or left' },
  coverage: { zh: '依選對的比例與選擇的準確度給分', en: 'share found times share that is right' },
  weighted: { zh: '每個選項各有配分', en: 'each option has its own weight' },
  'full-credit': { zh: '全部給分', en: 'full credit for everybody' },
  kept: { zh: '保留較高的原分數', en: 'kept, as the earlier score was higher' },
}

/**
 * A part's result in one sentence of each language, for example
 * "1 of 2 right, 1 wrong: 0 of 0.3 points (all or nothing)".
 * @param decisions null while the key is not released: the counts would give part of it away. Not said either where the
 * points do not come from them, or do not count.
 */
export function wordPartScore(
  score: Total & { readonly rule: ScoreRule },
  decisions: Decisions | null,
): Bilingual {
  if (score.maximum === 0) return { zh: '本題不計分', en: 'This does not count' }
  const points = formatPoints(score.points)
  const maximum = formatPoints(score.maximum)
  const rule = ruleWording[score.rule]
  const result: Bilingual = {
    zh: `滿分 ${maximum} 分，得 ${points} 分（${rule.zh}）`,
    en: `${points} of ${maximum} ${score.maximum === 1000 ? 'point' : 'points'} (${rule.en})`,
  }
  if (decisions === null || score.rule === 'full-credit' || score.rule === 'kept') return result
  const comparison = wordDecisions(decisions)
  return { zh: `${comparison.zh}：${result.zh}`, en: `${comparison.en}: ${result.en}` }
}

function wordDecisions({ right, wrong, correct }: Decisions): Bilingual {
  if (right + wrong === 0) return { zh: '未作答', en: 'Not answered' }
  if (correct === 1 && right + wrong === 1)
    return right === 1 ? { zh: '答對', en: 'Right' } : { zh: '答錯', en: 'Wrong' }
  const found: Bilingual = { zh: `${correct} 個正解選對 ${right} 個`, en: `${right} of ${correct} right` }
  if (wrong === 0) return found
  return { zh: `${found.zh}，選錯 ${wrong} 個`, en: `${found.en}, ${wrong} wrong` }
}
