import type { TableFileWords } from '@/app/components/table-file'
import { number, plural } from '../counting'
import type { Language } from '../language'

/** What the page of sections says, and the choice of one on other pages. */
export interface SectionMessages extends TableFileWords {
  readonly title: string
  readonly lead: string
  readonly section: string
  readonly everybody: string
  readonly none: string
  readonly empty: string
  readonly students: (count: number) => string
  readonly scores: string
  readonly statistics: string
  readonly rename: string
  readonly remove: string
  readonly removeQuestion: (name: string, students: number) => string
  readonly cancel: string
  readonly save: string
  readonly name: string
  readonly make: string
  readonly members: string
  readonly search: string
  readonly searchHint: string
  readonly chosen: (count: number) => string
  readonly chooseFound: (count: number) => string
  readonly chooseNobody: string
  readonly moveTo: string
  readonly move: string
  readonly moved: (count: number) => string
  readonly nobody: string
  readonly more: (count: number) => string
  readonly import: string
  readonly importLead: string
  readonly table: string
  readonly tableHint: string
  /** @param most kilobytes */
  readonly takeIn: string
  readonly taken: (students: number, moved: number, made: readonly string[]) => string
  readonly wrongLines: (count: number) => string
  readonly line: (line: number) => string
  readonly working: string
  readonly failed: string
  readonly wrongName: string
}

const en: SectionMessages = {
  title: 'Sections',
  lead: 'Sections divide the class for you: scores, statistics and tables can be looked at one section at a time. Students do not see them, and nothing else depends on them.',
  section: 'Section',
  everybody: 'Everybody',
  none: 'No section',
  empty: 'There are no sections yet. Make one, or take in a table.',
  students: (count) => plural(count, 'student', 'students'),
  scores: 'Scores',
  statistics: 'Item statistics',
  rename: 'Rename',
  remove: 'Remove',
  removeQuestion: (name, students) =>
    `Remove ${name}? Its ${plural(students, 'student stays', 'students stay')} in the course, in no section.`,
  cancel: 'Keep it',
  save: 'Save',
  name: 'Name',
  make: 'Make a section',
  members: 'Students',
  search: 'Search students',
  searchHint: 'Name or email',
  chosen: (count) => `${number(count)} chosen`,
  chooseFound: (count) => `Choose all ${number(count)} found`,
  chooseNobody: 'Choose nobody',
  moveTo: 'Move them to',
  move: 'Move',
  moved: (count) => `${plural(count, 'student', 'students')} moved.`,
  nobody: 'No student matches.',
  more: (count) => `Show ${number(count)} more`,
  import: 'Take in a table',
  importLead:
    'Columns “email” and “section”, among any others; the table of scores has both. Sections that are not there are made, and an empty section takes a student out. All of it is taken in, or nothing.',
  table: 'Table',
  tableHint: 'Paste cells from a spreadsheet, or choose a CSV file.',
  file: 'CSV file',
  fileTooLarge: (name, most) =>
    `${name} was not read: it is larger than ${number(most)} kB. Keep the columns “email” and “section” alone, or take the class in in parts.`,
  fileUnreadable: (name) => `${name} could not be read. Save it as “CSV UTF-8”, and choose it again.`,
  takeIn: 'Take in',
  taken: (students, moved, made) =>
    `${plural(students, 'line', 'lines')} read, ${plural(moved, 'student', 'students')} moved${made.length > 0 ? `; made: ${made.join(', ')}` : ''}.`,
  wrongLines: (count) => `Nothing was changed: ${plural(count, 'line is', 'lines are')} wrong.`,
  line: (line) => `Line ${line}`,
  working: 'Working …',
  failed: 'It was not done. Check the network and try again.',
  wrongName: 'A name is one line of 1 to 60 characters.',
}

const zh: SectionMessages = {
  title: '班別',
  lead: '班別把修課學生分組，讓你分開查看成績、試題分析與表格。學生看不到班別，也不影響其他任何設定。',
  section: '班別',
  everybody: '全部',
  none: '未分班',
  empty: '還沒有班別。請新增一個，或匯入表格。',
  students: (count) => `${number(count)} 位學生`,
  scores: '成績',
  statistics: '試題分析',
  rename: '改名',
  remove: '移除',
  removeQuestion: (name, students) =>
    `要移除「${name}」嗎？其中 ${number(students)} 位學生仍在課程中，只是不屬於任何班別。`,
  cancel: '保留',
  save: '儲存',
  name: '名稱',
  make: '新增班別',
  members: '學生',
  search: '搜尋學生',
  searchHint: '姓名或電子郵件',
  chosen: (count) => `已選 ${number(count)} 位`,
  chooseFound: (count) => `選取找到的 ${number(count)} 位`,
  chooseNobody: '全部取消',
  moveTo: '移到',
  move: '移動',
  moved: (count) => `已移動 ${number(count)} 位學生。`,
  nobody: '沒有符合的學生。',
  more: (count) => `再顯示 ${number(count)} 位`,
  import: '匯入表格',
  importLead:
    '需要「email」與「section」兩欄，可以有其他欄位；成績表就有這兩欄。不存在的班別會自動新增，班別空白表示移出班別。全部收下，或完全不變更。',
  table: '表格',
  tableHint: '從試算表複製貼上，或選擇 CSV 檔。',
  file: 'CSV 檔',
  fileTooLarge: (name, most) =>
    `沒有讀取「${name}」：檔案超過 ${number(most)} kB。請只保留「email」與「section」兩欄，或分批匯入。`,
  fileUnreadable: (name) => `無法讀取「${name}」。請另存為「CSV UTF-8」，再重新選擇。`,
  takeIn: '匯入',
  taken: (students, moved, made) =>
    `讀取 ${number(students)} 列，移動 ${number(moved)} 位學生${made.length > 0 ? `；新增：${made.join('、')}` : ''}。`,
  wrongLines: (count) => `沒有做任何變更：有 ${number(count)} 列不正確。`,
  line: (line) => `第 ${line} 列`,
  working: '處理中……',
  failed: '沒有完成，請檢查網路後再試一次。',
  wrongName: '名稱必須是一行、1 到 60 個字。',
}

export const sectionDictionaries: Readonly<Record<Language, SectionMessages>> = { zh, en }
