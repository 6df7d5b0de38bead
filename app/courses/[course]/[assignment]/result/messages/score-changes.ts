import type { Language } from '@/app/messages/language'

/** What a student reads of a score that a regrade moved. */
export interface ScoreChangeMessages {
  readonly title: string
  readonly changed: (before: string, after: string) => string
  readonly parts: (labels: string) => string
  readonly because: string
  readonly alsoAccepted: (letters: string) => string
}

export const scoreChangeMessages: Readonly<Record<Language, ScoreChangeMessages>> = {
  en: {
    title: 'Your score has changed',
    changed: (before, after) => `Your score changed from ${before} to ${after}`,
    parts: (labels) => `in part ${labels}`,
    because: 'because:',
    alsoAccepted: (letters) => `Also accepted: ${letters}`,
  },
  zh: {
    title: '你的成績有變動',
    changed: (before, after) => `你的成績由 ${before} 變為 ${after}`,
    parts: (labels) => `第 ${labels} 題`,
    because: '原因：',
    alsoAccepted: (letters) => `也接受：${letters}`,
  },
}
