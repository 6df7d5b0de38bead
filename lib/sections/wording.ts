import type { Bilingual } from '@/lib/explainers/bilingual'
import type { TableIssue, TableProblem } from '@/lib/sections/section-table'
import { longestSectionName } from '@/lib/sections/view'

const issues: Readonly<Record<TableIssue, (found: string) => Bilingual>> = {
  columns: (found) => ({
    zh: `第一列必須有「email」與「section」兩個欄名；現在是「${found}」`,
    en: `the first line must name the columns “email” and “section”; it has “${found}”`,
  }),
  email: (found) => ({ zh: `缺少電子郵件：「${found}」`, en: `the email is missing: “${found}”` }),
  section: (found) => ({
    zh: `班別名稱必須是一行、最多 ${longestSectionName} 個字：「${found}」`,
    en: `the section’s name must be one line of at most ${longestSectionName} characters: “${found}”`,
  }),
  twice: (found) => ({ zh: `${found} 在前面已經出現過`, en: `${found} stands in an earlier line already` }),
  unknown: (found) => ({
    zh: `這門課沒有電子郵件為 ${found} 的學生`,
    en: `no student of this course has the email ${found}`,
  }),
}

/** @returns what is wrong with a line, without its number. */
export function wordTableProblem({ issue, found }: TableProblem): Bilingual {
  return issues[issue](found)
}
