import { plural } from '../counting'
import type { Language } from '../language'

/** What the question bank says, and what the studio says about tags and copies. */
export interface BankMessages {
  readonly title: string
  readonly lead: string
  readonly search: string
  readonly searchHint: string
  readonly find: string
  readonly reset: string
  readonly tag: string
  readonly topic: string
  readonly figure: string
  readonly noFigure: string
  readonly verdict: string
  readonly course: string
  readonly state: string
  readonly states: { readonly without: string; readonly with: string; readonly only: string }
  readonly any: string
  readonly found: (count: number) => string
  readonly none: string
  readonly archived: string
  readonly version: (version: number) => string
  readonly copies: (count: number) => string
  readonly results: (students: number, difficulty: string, discrimination: string) => string
  readonly resultsHint: string
  readonly choose: (label: string, assignment: string) => string
  readonly chosen: (count: number) => string
  readonly into: string
  readonly copy: string
  readonly copied: (count: number) => string
  readonly open: string
  readonly failed: string
  readonly pages: string
  readonly page: (page: number, pages: number) => string
  readonly before: string
  readonly after: string
  readonly tags: string
  readonly tagsHint: string
  readonly addTag: string
  readonly removeTag: (tag: string) => string
  readonly tagsFailed: string
  readonly copiedFrom: (course: string, assignment: string, label: string, version: number) => string
  readonly newer: (latest: number) => string
  readonly compare: string
  readonly hide: string
  readonly compareFailed: string
}

export const bankDictionaries: Readonly<Record<Language, BankMessages>> = {
  en: {
    title: 'Question bank',
    lead: 'All published questions of this course, and of the others that you are an instructor of. Copies are drafts of their own and remember the version that they come from.',
    search: 'Search',
    searchHint: 'Words, in either language',
    find: 'Search',
    reset: 'Show all',
    tag: 'Tag',
    topic: 'Topic',
    figure: 'Figure',
    noFigure: 'Without a figure',
    verdict: 'Evidence',
    course: 'Course',
    state: 'Archived',
    states: { without: 'Left out', with: 'Shown too', only: 'Only these' },
    any: 'Any',
    found: (count) => plural(count, 'question', 'questions'),
    none: 'No question matches. Try fewer words, or show all.',
    archived: 'archived',
    version: (version) => `Version ${version}`,
    copies: (count) => (count === 1 ? 'copied once' : `copied ${count} times`),
    results: (students, difficulty, discrimination) =>
      `${students} students · ${difficulty} right · r ${discrimination}`,
    resultsHint: 'Mean share of the points, and correlation with the rest of the attempt',
    choose: (label, assignment) => `Choose question ${label} of ${assignment}`,
    chosen: (count) => `${plural(count, 'question', 'questions')} chosen`,
    into: 'Copy into',
    copy: 'Copy',
    copied: (count) =>
      count === 1
        ? '1 question was copied. It is a draft until you publish it.'
        : `${count} questions were copied. They are drafts until you publish them.`,
    open: 'Open the studio',
    failed: 'This could not be copied. Please try again.',
    pages: 'Pages',
    page: (page, pages) => `Page ${page} of ${pages}`,
    before: 'Previous',
    after: 'Next',
    tags: 'Tags',
    tagsHint: 'For staff, to find the question in the bank. Enter adds one.',
    addTag: 'Add a tag',
    removeTag: (tag) => `Remove the tag ${tag}`,
    tagsFailed: 'The tags could not be saved. Please try again.',
    copiedFrom: (course, assignment, label, version) =>
      `Copied from ${course}, ${assignment}, question ${label}, version ${version}.`,
    newer: (latest) => `The original is at version ${latest} now.`,
    compare: 'What has changed there',
    hide: 'Hide',
    compareFailed: 'The original could not be read. Please try again.',
  },
  zh: {
    title: '題庫',
    lead: '這門課所有已發布的題目，以及你任教的其他課程的題目。複製出來的是獨立的草稿，並記得來自哪個版本。',
    search: '搜尋',
    searchHint: '字詞，中英文皆可',
    find: '搜尋',
    reset: '顯示全部',
    tag: '標籤',
    topic: '主題',
    figure: '圖',
    noFigure: '沒有圖',
    verdict: '佐證',
    course: '課程',
    state: '封存的題目',
    states: { without: '不顯示', with: '一併顯示', only: '只顯示這些' },
    any: '不限',
    found: (count) => `${count} 題`,
    none: '沒有符合的題目。請減少字詞，或顯示全部。',
    archived: '已封存',
    version: (version) => `第 ${version} 版`,
    copies: (count) => `被複製 ${count} 次`,
    results: (students, difficulty, discrimination) =>
      `${students} 人 · 得分率 ${difficulty} · r ${discrimination}`,
    resultsHint: '平均得分率，以及與該份作答其餘得分的相關',
    choose: (label, assignment) => `選擇 ${assignment} 第 ${label} 題`,
    chosen: (count) => `已選 ${count} 題`,
    into: '複製到',
    copy: '複製',
    copied: (count) => `已複製 ${count} 題；發布之前都是草稿。`,
    open: '前往編題',
    failed: '無法複製，請再試一次。',
    pages: '分頁',
    page: (page, pages) => `第 ${page} 頁，共 ${pages} 頁`,
    before: '上一頁',
    after: '下一頁',
    tags: '標籤',
    tagsHint: '供教學團隊在題庫中尋找；按 Enter 新增。',
    addTag: '新增標籤',
    removeTag: (tag) => `移除標籤 ${tag}`,
    tagsFailed: '標籤無法儲存，請再試一次。',
    copiedFrom: (course, assignment, label, version) =>
      `複製自「${course}」的「${assignment}」第 ${label} 題，第 ${version} 版。`,
    newer: (latest) => `原題現在是第 ${latest} 版。`,
    compare: '看看改了什麼',
    hide: '收合',
    compareFailed: '無法讀取原題，請再試一次。',
  },
}
