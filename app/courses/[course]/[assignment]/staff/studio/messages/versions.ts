import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { DifferenceField } from '@/lib/questions/version-diff'

interface VersionMessages {
  readonly same: string
  readonly question: string
  readonly part: (label: string) => string
  readonly before: string
  readonly after: string
  readonly removed: string
  readonly added: string
  readonly none: string
  readonly languages: Readonly<Record<'zh' | 'en', string>>
  readonly fields: Readonly<Record<DifferenceField, string>>
}

const dictionaries: Readonly<Record<Language, VersionMessages>> = {
  en: {
    same: 'Both versions are the same.',
    question: 'The whole question',
    part: (label) => `Part ${label}`,
    before: 'Before',
    after: 'After',
    removed: 'removed:',
    added: 'added:',
    none: 'none',
    languages: { zh: 'Chinese', en: 'English' },
    fields: {
      label: 'Number',
      topic: 'Topic',
      prompt: 'Question',
      part: 'Part',
      'part-label': 'Number',
      'part-prompt': 'Question',
      option: 'Option',
      order: 'Order of the options',
      pinned: 'Options that keep their place',
      selection: 'How many may be chosen',
      points: 'Points',
      correct: 'Correct options',
      'also-accepted': 'Also accepted',
      rule: 'Rule',
      explanation: 'Explanation',
      evidence: 'What the key rests on',
      measurement: 'Measurement',
      claim: 'Claim of option',
      accepted: 'Why the key stands',
      disputed: 'What speaks against the key',
      figure: 'Figure',
    },
  },
  zh: {
    same: '兩個版本相同。',
    question: '整題',
    part: (label) => `第 ${label} 小題`,
    before: '之前',
    after: '之後',
    removed: '刪除：',
    added: '新增：',
    none: '無',
    languages: { zh: '中文', en: '英文' },
    fields: {
      label: '題號',
      topic: '主題',
      prompt: '題目',
      part: '小題',
      'part-label': '題號',
      'part-prompt': '題目',
      option: '選項',
      order: '選項順序',
      pinned: '固定位置的選項',
      selection: '可選幾個',
      points: '分數',
      correct: '正解',
      'also-accepted': '其他可接受的答案',
      rule: '計分規則',
      explanation: '解說',
      evidence: '正解的依據',
      measurement: '量測',
      claim: '選項的主張',
      accepted: '維持正解的理由',
      disputed: '對正解的質疑',
      figure: '圖',
    },
  },
}

export function useVersionMessages(): VersionMessages {
  return dictionaries[usePreferences().language.interface]
}
