import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'

/** Texts of the page of pools. */
export interface PoolMessages {
  readonly title: string
  readonly lead: string
  readonly started: (students: number) => string
  readonly attempt: (questions: number, points: string) => string
  readonly uneven: (low: string, high: string) => string
  readonly add: string
  readonly remove: (title: string) => string
  readonly newTitle: (letter: string) => string
  readonly titleZh: string
  readonly titleEn: string
  readonly draw: string
  readonly drawOf: (members: number) => string
  readonly none: string
  readonly few: (available: number, draw: number) => string
  readonly points: string
  readonly questions: string
  readonly question: string
  readonly pool: string
  readonly poolOf: (label: string) => string
  readonly everybody: string
  readonly unpublished: string
  readonly save: string
  readonly saved: string
  readonly unsaved: string
  readonly incomplete: string
  readonly failed: string
  readonly conflict: {
    readonly title: string
    readonly byOther: (author: string, when: string) => string
    readonly bySelf: (when: string) => string
    readonly what: string
    readonly yours: string
    readonly stored: string
    readonly question: (label: string) => string
    readonly draws: (draw: number) => string
    /** There is no such pool. */
    readonly absent: string
    readonly same: string
    readonly hint: string
    readonly mine: string
    readonly theirs: string
    readonly aside: string
    readonly back: string
  }
}

export const poolDictionaries: Readonly<Record<Language, PoolMessages>> = {
  en: {
    title: 'Pools',
    lead: 'Of the questions of a pool, each attempt has some, drawn at random when it begins. Questions in no pool are for everybody. Students see their questions numbered from 1.',
    started: (students) =>
      `${students === 1 ? '1 student has begun and keeps' : `${students} students have begun and keep`} the questions drawn then. What you save is for attempts that begin from now on.`,
    attempt: (questions, points) => `An attempt has ${questions} questions, ${points} points.`,
    uneven: (low, high) =>
      `Not every student can reach the same: the questions drawn give ${low} to ${high} points in all.`,
    add: 'Add a pool',
    remove: (title) => `Remove pool ${title}`,
    newTitle: (letter) => `Pool ${letter}`,
    titleZh: 'Name in Chinese',
    titleEn: 'Name in English',
    draw: 'Draw',
    drawOf: (members) => `of ${members}`,
    none: 'No question is in it yet: choose it below.',
    few: (available, draw) =>
      `Only ${available} can be asked, and ${draw} are drawn: publish more, or draw fewer.`,
    points: 'Its questions give different points.',
    questions: 'Questions',
    question: 'Question',
    pool: 'Pool',
    poolOf: (label) => `Pool of question ${label}`,
    everybody: 'for everybody',
    unpublished: 'not published',
    save: 'Save',
    saved: 'Saved.',
    unsaved: 'Not saved yet',
    incomplete:
      'Each pool needs a name in both languages, a question at least, and no more drawn than there are.',
    failed: 'This could not be saved. Please try again.',
    conflict: {
      title: 'Not saved: the pools have been changed meanwhile',
      byOther: (author, when) => `${author} saved other pools at ${when}.`,
      bySelf: (when) => `You saved other pools at ${when}, in another tab or on another device.`,
      what: 'What differs',
      yours: 'Yours',
      stored: 'Saved',
      question: (label) => `Question ${label}`,
      draws: (draw) => `draws ${draw}`,
      absent: 'no such pool',
      same: 'They differ in the order of the pools only.',
      hint: 'Nothing of yours is lost: if you take what is saved, yours can be brought back on this page.',
      mine: 'Save mine in its place',
      theirs: 'Take what is saved',
      aside: 'What you had written is kept on this page.',
      back: 'Bring mine back',
    },
  },
  zh: {
    title: '題組',
    lead: '每份作答會從題組中隨機抽出幾題；不在題組裡的題目，人人都有。學生看到的題號從 1 開始。',
    started: (students) =>
      `已有 ${students} 位學生開始作答，他們抽到的題目不變。儲存後，只影響之後開始的作答。`,
    attempt: (questions, points) => `每份作答有 ${questions} 題，共 ${points} 分。`,
    uneven: (low, high) => `學生能拿到的滿分不一致：依抽到的題目，總分為 ${low} 到 ${high} 分。`,
    add: '新增題組',
    remove: (title) => `刪除題組 ${title}`,
    newTitle: (letter) => `題組 ${letter}`,
    titleZh: '中文名稱',
    titleEn: '英文名稱',
    draw: '抽出',
    drawOf: (members) => `題，共 ${members} 題`,
    none: '還沒有題目：請在下方選擇。',
    few: (available, draw) => `只有 ${available} 題可以抽，卻要抽 ${draw} 題：請多發布幾題，或少抽幾題。`,
    points: '這個題組的題目配分不同。',
    questions: '題目',
    question: '題目',
    pool: '題組',
    poolOf: (label) => `第 ${label} 題的題組`,
    everybody: '人人都有',
    unpublished: '未發布',
    save: '儲存',
    saved: '已儲存。',
    unsaved: '尚未儲存',
    incomplete: '每個題組都要有中英文名稱、至少一題，而且抽出的題數不能多於題組的題數。',
    failed: '無法儲存，請再試一次。',
    conflict: {
      title: '尚未儲存：題組在這段時間有變更',
      byOther: (author, when) => `${author}在 ${when} 儲存了不同的題組。`,
      bySelf: (when) => `你在 ${when} 從另一個分頁或裝置儲存了不同的題組。`,
      what: '不同之處',
      yours: '你的內容',
      stored: '已儲存的內容',
      question: (label) => `第 ${label} 題`,
      draws: (draw) => `抽 ${draw} 題`,
      absent: '沒有這個題組',
      same: '只有題組的順序不同。',
      hint: '你的內容不會遺失：改用已儲存的內容之後，仍可在這一頁找回。',
      mine: '改存我的內容',
      theirs: '改用已儲存的內容',
      aside: '你原本的內容保留在這一頁。',
      back: '找回我的內容',
    },
  },
}

export function usePoolMessages(): PoolMessages {
  return poolDictionaries[usePreferences().language.interface]
}
