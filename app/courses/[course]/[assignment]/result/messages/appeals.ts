'use client'

import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { AppealState } from '@/lib/appeals/lease'

/** What a student reads where scores can be asked about. */
export interface OwnAppealMessages {
  readonly title: string
  readonly states: Readonly<Record<AppealState, string>>
  readonly ask: string
  readonly askAgain: string
  readonly about: (label: string) => string
  readonly text: string
  readonly hint: string
  readonly until: string
  readonly send: string
  readonly sending: string
  readonly cancel: string
  readonly withdraw: string
  readonly empty: string
  readonly failed: string
  readonly you: string
  readonly staff: string
}

const en: OwnAppealMessages = {
  title: 'What you asked about your score',
  states: {
    open: 'waits for an answer',
    claimed: 'somebody is looking at it',
    answered: 'answered',
    withdrawn: 'withdrawn',
  },
  ask: 'Ask about this score',
  askAgain: 'Ask again about this score',
  about: (label) => `Your question about part ${label}`,
  text: 'What should be looked at again, and why?',
  hint: 'The course staff see your answer, the key and the figure beside it.',
  until: 'Questions are taken until',
  send: 'Send',
  sending: 'Sending …',
  cancel: 'Cancel',
  withdraw: 'Withdraw',
  empty: 'Write what should be looked at again.',
  failed: 'It could not be sent. What you wrote is still here; check the network and try again.',
  you: 'You',
  staff: 'Course staff',
}

const zh: OwnAppealMessages = {
  title: '你的成績複查',
  states: { open: '等待回覆', claimed: '處理中', answered: '已回覆', withdrawn: '已撤回' },
  ask: '申請複查這一題',
  askAgain: '再次申請複查這一題',
  about: (label) => `第 ${label} 題的複查`,
  text: '請說明要複查的地方與理由',
  hint: '教學人員會對照你的答案、正解與圖來看。',
  until: '受理至',
  send: '送出',
  sending: '送出中……',
  cancel: '取消',
  withdraw: '撤回',
  empty: '請寫下要複查的地方。',
  failed: '無法送出。你寫的內容還在，請檢查網路後再試一次。',
  you: '你',
  staff: '教學人員',
}

const dictionaries: Readonly<Record<Language, OwnAppealMessages>> = { zh, en }

/** The texts in the language of the interface. */
export function useOwnAppealMessages(): OwnAppealMessages {
  return dictionaries[usePreferences().language.interface]
}
