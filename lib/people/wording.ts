import type { Bilingual } from '@/lib/explainers/bilingual'
import type { PeopleIssue, PeopleProblem } from '@/lib/people/view'
import { longestSectionName } from '@/lib/sections/view'

const issues: Readonly<Record<PeopleIssue, (found: string) => Bilingual>> = {
  columns: (found) => ({
    zh: `第一列必須有「email」這個欄名；現在是「${found}」`,
    en: `the first line must name a column “email”; it has “${found}”`,
  }),
  email: (found) => ({ zh: `不是電子郵件：「${found}」`, en: `this is no email address: “${found}”` }),
  name: (found) => ({
    zh: `${found} 還沒有帳號，需要一個姓名（一行，最多 200 個字）`,
    en: `${found} has no account yet and needs a name, one line of at most 200 characters`,
  }),
  role: (found) => ({
    zh: `身分必須是學生、助教或教師：「${found}」`,
    en: `the role must be student, ta or instructor: “${found}”`,
  }),
  section: (found) => ({
    zh: `班別名稱必須是一行、最多 ${longestSectionName} 個字：「${found}」`,
    en: `the section’s name must be one line of at most ${longestSectionName} characters: “${found}”`,
  }),
  'extra-time': (found) => ({
    zh: `延長時間必須是百分比，例如 25 或 50：「${found}」`,
    en: `extra time must be a percentage such as 25 or 50: “${found}”`,
  }),
  'students-only': (found) => ({
    zh: `${found} 不是學生；班別與延長時間只適用於學生`,
    en: `${found} is no student; sections and extra time are for students`,
  }),
  twice: (found) => ({ zh: `${found} 在前面已經出現過`, en: `${found} stands in an earlier line already` }),
  'last-instructor': (found) => ({
    zh: `${found} 是最後一位教師，課程至少要有一位`,
    en: `${found} is the last instructor, and a course keeps at least one`,
  }),
}

/** @returns what is wrong with a line, without its number. */
export function wordPeopleProblem({ issue, found }: PeopleProblem): Bilingual {
  return issues[issue](found)
}
