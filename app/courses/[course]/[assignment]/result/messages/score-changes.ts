import type { Language } from '@/app/messages/language'

/** What a student reads of a score that a regrade or somebody's hand moved. */
export interface ScoreChangeMessages {
  readonly title: string
  readonly changed: (before: string, after: string) => string
  readonly parts: (labels: string) => string
  readonly because: string
  readonly alsoAccepted: (letters: string) => string
  /** What staff decided by hand. */
  readonly adjusted: (before: string, after: string, moved: boolean) => string
  readonly comment: string
}

export const scoreChangeMessages: Readonly<Record<Language, ScoreChangeMessages>> = {
  en: {
    title: 'Your score has changed',
    changed: (before, after) => `Your score changed from ${before} to ${after}`,
    parts: (labels) => `in part ${labels}`,
    because: 'because:',
    alsoAccepted: (letters) => `Also accepted: ${letters}`,
    adjusted: (before, after, moved) =>
      moved ? `Adjusted by hand: ${before} → ${after}` : `Looked at by hand: ${after} stands`,
    comment: 'Comment of the course staff',
  },
  zh: {
    title: '你的成績有變動',
    changed: (before, after) => `你的成績由 ${before} 變為 ${after}`,
    parts: (labels) => `第 ${labels} 題`,
    because: '原因：',
    alsoAccepted: (letters) => `也接受：${letters}`,
    adjusted: (before, after, moved) =>
      moved ? `人工調整：${before} → ${after}` : `人工審閱：維持 ${after}`,
    comment: '教學人員的評語',
  },
}
