import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { WorkedExample } from '@/lib/scoring/worked-examples'

interface RuleMessages {
  readonly rule: string
  readonly weights: string
  readonly weightOf: (letter: string) => string
  readonly weightHint: string
  readonly sum: (percent: string) => string
  readonly sumRight: string
  readonly title: string
  readonly answer: string
  readonly chosen: string
  readonly points: string
  readonly why: string
  readonly noKey: string
  readonly none: string
  readonly kinds: Readonly<Record<WorkedExample['kind'], string>>
}

const dictionaries: Readonly<Record<Language, RuleMessages>> = {
  en: {
    rule: 'Rule',
    weights: 'Weights in percent of the points',
    weightOf: (letter) => `Weight of ${letter}, %`,
    weightHint: 'Correct options: 0 to 100. Others: −100 to 0.',
    sum: (percent) => `The weights of the correct options add up to ${percent} %; they must make 100 %.`,
    sumRight: 'The weights of the correct options make 100 %.',
    title: 'What answers would earn',
    answer: 'Answer',
    chosen: 'Chosen',
    points: 'Points',
    why: 'Why',
    noKey: 'Mark the correct options to see what answers would earn.',
    none: 'none',
    kinds: {
      'all-right': 'All right',
      'one-missing': 'One missing',
      'one-too-many': 'All right, one wrong',
      'one-right': 'One right',
      'half-right': 'Partly right, one wrong',
      'one-wrong': 'One wrong',
      'all-wrong': 'Only wrong ones',
      everything: 'Every option',
      only: 'One option',
      nothing: 'Nothing',
    },
  },
  zh: {
    rule: '計分規則',
    weights: '各選項的配分（占本題分數的百分比）',
    weightOf: (letter) => `${letter} 的配分（%）`,
    weightHint: '正解：0 到 100；其他選項：−100 到 0。',
    sum: (percent) => `正解的配分合計為 ${percent} %，必須等於 100 %。`,
    sumRight: '正解的配分合計為 100 %。',
    title: '各種作答的得分',
    answer: '作答情形',
    chosen: '所選',
    points: '得分',
    why: '算法',
    noKey: '請先標出正解，就能看到各種作答的得分。',
    none: '無',
    kinds: {
      'all-right': '全對',
      'one-missing': '少選一個',
      'one-too-many': '全對但多選一個',
      'one-right': '只選對一個',
      'half-right': '部分選對，選錯一個',
      'one-wrong': '選錯一個',
      'all-wrong': '全選錯',
      everything: '全部都選',
      only: '單選一項',
      nothing: '未作答',
    },
  },
}

export function useRuleMessages(): RuleMessages {
  return dictionaries[usePreferences().language.interface]
}
