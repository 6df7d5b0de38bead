'use client'

import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'

/** What staff read where points are adjusted by hand. */
export interface AdjustmentMessages {
  readonly title: string
  readonly change: string
  readonly how: string
  readonly kinds: Readonly<Record<'none' | 'set' | 'add', string>>
  readonly pointsTo: string
  readonly pointsBy: string
  readonly range: (automatic: string, maximum: string) => string
  readonly counts: (points: string, maximum: string) => string
  readonly comment: string
  readonly commentHint: string
  readonly reason: string
  readonly reasonHint: string
  readonly save: string
  readonly saving: string
  readonly remove: string
  readonly cancel: string
  readonly failed: string
  readonly check: string
  readonly issues: { readonly [issue: string]: string }
  readonly adjusted: (automatic: string, points: string) => string
  readonly commented: string
  readonly by: (name: string | null) => string
}

const en: AdjustmentMessages = {
  title: 'Adjust by hand',
  change: 'Change the adjustment',
  how: 'Points',
  kinds: { none: 'As key and rule give them', set: 'Set to', add: 'Add or take off' },
  pointsTo: 'Points instead',
  pointsBy: 'Points more (−: less)',
  range: (automatic, maximum) => `Key and rule give ${automatic}. Possible: 0 to ${maximum}.`,
  counts: (points, maximum) => `${points} of ${maximum} will count.`,
  comment: 'Comment for the student',
  commentHint: 'Shown with the released score. May be left empty.',
  reason: 'Reason, for staff only',
  reasonHint: 'Stands in the history. The student does not see it.',
  save: 'Save',
  saving: 'Saving …',
  remove: 'Take the adjustment away',
  cancel: 'Cancel',
  failed: 'It could not be saved. What you wrote is still here; check the network and try again.',
  check: 'Nothing was saved yet. Please correct what is marked.',
  issues: {
    'above-maximum': 'That is more than the part’s full points.',
    'below-zero': 'That would be less than nothing.',
    'nothing-added': 'Say how many points to add or take off.',
    'reason-missing': 'Points need a reason.',
    'comment-missing': 'Without points there is nothing to save but a comment.',
  },
  adjusted: (automatic, points) => `Adjusted by hand: ${automatic} → ${points}`,
  commented: 'Commented on, points as scored',
  by: (name) => name ?? 'somebody whose account is gone',
}

const zh: AdjustmentMessages = {
  title: '人工調整',
  change: '修改人工調整',
  how: '分數',
  kinds: { none: '依正解與計分規則', set: '改為', add: '加減分' },
  pointsTo: '改為幾分',
  pointsBy: '加幾分（負數為扣分）',
  range: (automatic, maximum) => `依規則得 ${automatic} 分，可給 0 到 ${maximum} 分。`,
  counts: (points, maximum) => `將計 ${points} 分（滿分 ${maximum}）。`,
  comment: '給學生的評語',
  commentHint: '隨公布的成績一併顯示，可留空。',
  reason: '理由（僅教學人員可見）',
  reasonHint: '會記入操作紀錄，學生看不到。',
  save: '儲存',
  saving: '儲存中……',
  remove: '取消人工調整',
  cancel: '關閉',
  failed: '無法儲存。你寫的內容還在，請檢查網路後再試一次。',
  check: '尚未儲存，請修正標示的欄位。',
  issues: {
    'above-maximum': '超過本題滿分。',
    'below-zero': '分數不能低於 0。',
    'nothing-added': '請填寫要加或扣幾分。',
    'reason-missing': '調整分數須寫明理由。',
    'comment-missing': '不調整分數時，請填寫評語。',
  },
  adjusted: (automatic, points) => `人工調整：${automatic} → ${points}`,
  commented: '已加評語，分數未調整',
  by: (name) => name ?? '已移除的帳號',
}

const dictionaries: Readonly<Record<Language, AdjustmentMessages>> = { zh, en }

/** The texts in the language of the interface. */
export function useAdjustmentMessages(): AdjustmentMessages {
  return dictionaries[usePreferences().language.interface]
}
