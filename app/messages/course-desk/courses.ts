import { number, plural } from '../counting'
import type { Language } from '../language'

/** What the pages say on which courses and assignments are made and changed. */
export interface CourseMessages {
  readonly navigation: {
    readonly label: string
    readonly assignments: string
    readonly models: string
    readonly people: string
    readonly bank: string
    readonly pictures: string
    readonly settings: string
  }
  readonly title: string
  readonly slug: string
  /** Of a course. */
  readonly slugHint: string
  readonly assignmentSlugHint: string
  readonly timeZone: string
  readonly timeZoneHint: string
  readonly newCourse: string
  readonly newCourseLead: string
  readonly copyOf: string
  readonly copyOfHint: string
  readonly emptyCourse: string
  readonly makeCourse: string
  readonly settings: string
  readonly settingsLead: string
  readonly archive: string
  readonly archiveCourse: string
  readonly takeBack: string
  readonly archived: string
  readonly archivedLead: string
  readonly copyCourse: string
  readonly copyCourseLead: string
  readonly assignments: string
  readonly assignmentsLead: string
  readonly noAssignments: string
  readonly states: Readonly<Record<'DRAFT' | 'PUBLISHED' | 'ARCHIVED', string>>
  readonly questions: (count: number) => string
  readonly started: (count: number) => string
  readonly up: (name: string) => string
  readonly down: (name: string) => string
  readonly openStaff: string
  readonly newAssignment: string
  readonly from: string
  readonly sources: Readonly<Record<'empty' | 'copy' | 'file', string>>
  readonly source: string
  readonly chooseSource: string
  readonly copyHint: string
  readonly file: string
  readonly fileHint: string
  readonly refusedFile: (count: number) => string
  readonly line: (line: number) => string
  readonly introduction: string
  readonly makeAssignment: string
  readonly assignmentSettings: string
  readonly assignmentSettingsLead: string
  readonly state: string
  readonly stateHints: Readonly<Record<'DRAFT' | 'PUBLISHED' | 'ARCHIVED', string>>
  readonly shuffle: string
  readonly shuffleHint: string
  readonly startedHint: (count: number) => string
  readonly exportFile: string
  readonly exportLead: string
  readonly download: string
  readonly downloadPackage: string
  readonly remove: string
  readonly removeLead: string
  readonly removeStarted: string
  readonly removeQuestion: (name: string) => string
  readonly cancel: string
  readonly save: string
  readonly saved: string
  readonly working: string
  readonly failed: string
  readonly invalid: string
  readonly issue: (issue: string) => string
}

const en: CourseMessages = {
  navigation: {
    label: 'Course pages',
    assignments: 'Assignments',
    models: 'Models',
    people: 'People',
    bank: 'Question bank',
    pictures: 'Pictures',
    settings: 'Course settings',
  },
  title: 'Title',
  slug: 'Name in the address',
  slugHint: 'Lower-case letters, digits and hyphens: xai-2027. It stays.',
  assignmentSlugHint:
    'Lower-case letters, digits and hyphens: homework-4. It can change until somebody starts.',
  timeZone: 'Time zone',
  timeZoneHint: 'In which you read and write dates.',
  newCourse: 'New course',
  newCourseLead: 'You become its instructor. People and assignments follow.',
  copyOf: 'Start from',
  copyOfHint:
    'A copy has the assignments, as drafts, with the latest version of each question and the pictures and models that they show, and the settings. Nobody comes along. Dates are copied too: look at them before you publish.',
  emptyCourse: 'An empty course',
  makeCourse: 'Make the course',
  settings: 'Course settings',
  settingsLead: 'Changes hold at once.',
  archive: 'Archive',
  archiveCourse: 'Archive the course',
  takeBack: 'Take it out of the archive',
  archived: 'Archived',
  archivedLead:
    'An archived course stays readable with all its results, and nothing in it can be started. It can be taken back.',
  copyCourse: 'Copy',
  copyCourseLead: 'A new course with the same assignments and settings, without people.',
  assignments: 'Assignments',
  assignmentsLead: 'In the order in which students see them.',
  noAssignments: 'There are no assignments yet. Make one below.',
  states: { DRAFT: 'Draft', PUBLISHED: 'Published', ARCHIVED: 'Archived' },
  questions: (count) => plural(count, 'question', 'questions'),
  started: (count) => `${number(count)} started`,
  up: (name) => `Move ${name} up`,
  down: (name) => `Move ${name} down`,
  openStaff: 'Staff pages',
  newAssignment: 'New assignment',
  from: 'Start from',
  sources: { empty: 'Nothing', copy: 'A copy', file: 'A file' },
  source: 'Assignment to copy',
  chooseSource: 'Choose an assignment',
  copyHint:
    'Questions in their latest version with their keys, the pictures and models that they show, and all settings, dates included. No attempts, no scores.',
  file: 'Assignment file',
  fileHint:
    'YAML or JSON, or a zip of it with its pictures, as “Export” below an assignment’s settings gives them.',
  refusedFile: (count) => `Nothing was made: ${plural(count, 'place is', 'places are')} wrong in the file.`,
  line: (line) => `Line ${line}`,
  introduction: 'Introduction',
  makeAssignment: 'Make the assignment',
  assignmentSettings: 'Settings',
  assignmentSettingsLead: 'What it is called, who sees it. Dates and release have a page of their own.',
  state: 'State',
  stateHints: {
    DRAFT: 'Staff alone see it.',
    PUBLISHED: 'Students see it, and work on it as the dates allow.',
    ARCHIVED: 'Nobody can start it. Who has begun goes on, and who has done it finds the result.',
  },
  shuffle: 'Shuffle the options',
  shuffleHint:
    'Each attempt that begins from now on shows them in an order of its own; options that are pinned keep their place. Class-wide pages show the order as written, a student’s pages the order that the student saw.',
  startedHint: (count) =>
    `${plural(count, 'student has', 'students have')} started: it keeps its address and is no draft again.`,
  exportFile: 'Export',
  exportLead:
    'Settings and questions with their keys, which can be taken in again, here or elsewhere. The zip brings along the course’s own pictures that the questions show.',
  download: 'Download the document (JSON)',
  downloadPackage: 'Download with pictures (zip)',
  remove: 'Delete',
  removeLead: 'Nobody has started it, so it can be deleted with its questions.',
  removeStarted: 'Students have started it, so it cannot be deleted. Archive it instead.',
  removeQuestion: (name) => `Delete “${name}” with all its questions? This cannot be undone.`,
  cancel: 'Keep it',
  save: 'Save',
  saved: 'Saved',
  working: 'Working …',
  failed: 'It was not done. Check the network and try again.',
  invalid: 'Nothing was saved. Please correct what is marked.',
  issue: (issue) =>
    issue === 'reserved'
      ? 'This word is taken by the site. Choose another.'
      : issue === 'unknown-zone'
        ? 'There is no such time zone.'
        : issue.startsWith('expected lower-case')
          ? 'Lower-case letters, digits and single hyphens.'
          : 'Please fill this in; it may be too long.',
}

const zh: CourseMessages = {
  navigation: {
    label: '課程頁面',
    assignments: '作業',
    models: '模型',
    people: '成員',
    bank: '題庫',
    pictures: '圖片',
    settings: '課程設定',
  },
  title: '名稱',
  slug: '網址名稱',
  slugHint: '小寫英文字母、數字與連字號，例如 xai-2027。之後不會改變。',
  assignmentSlugHint: '小寫英文字母、數字與連字號，例如 homework-4。有人開始作答之前都可以修改。',
  timeZone: '時區',
  timeZoneHint: '你以這個時區讀寫日期。',
  newCourse: '新增課程',
  newCourseLead: '你會成為課程的教師，接著再加入成員與作業。',
  copyOf: '起點',
  copyOfHint:
    '複本包含所有作業（草稿，題目為最新版本，連同用到的圖片與模型）與設定，不包含任何人。日期也會一起複製，發布前請檢查。',
  emptyCourse: '空白課程',
  makeCourse: '建立課程',
  settings: '課程設定',
  settingsLead: '變更立即生效。',
  archive: '封存',
  archiveCourse: '封存課程',
  takeBack: '取消封存',
  archived: '已封存',
  archivedLead: '封存的課程與所有結果仍可閱讀，但不能再開始任何作業。之後可以取消封存。',
  copyCourse: '複製',
  copyCourseLead: '建立新課程，作業與設定相同，不含成員。',
  assignments: '作業',
  assignmentsLead: '依學生看到的順序排列。',
  noAssignments: '還沒有作業，請在下方新增。',
  states: { DRAFT: '草稿', PUBLISHED: '已發布', ARCHIVED: '已封存' },
  questions: (count) => `${number(count)} 題`,
  started: (count) => `${number(count)} 人已開始`,
  up: (name) => `將「${name}」上移`,
  down: (name) => `將「${name}」下移`,
  openStaff: '教學端頁面',
  newAssignment: '新增作業',
  from: '起點',
  sources: { empty: '空白', copy: '複本', file: '檔案' },
  source: '要複製的作業',
  chooseSource: '選擇作業',
  copyHint: '包含最新版本的題目與正解、用到的圖片與模型，以及包括日期在內的所有設定；不含作答與成績。',
  file: '作業檔',
  fileHint: 'YAML 或 JSON，或連同圖片的 zip；作業設定下方的「匯出」可以取得。',
  refusedFile: (count) => `沒有新增：檔案中有 ${number(count)} 處不正確。`,
  line: (line) => `第 ${line} 行`,
  introduction: '說明',
  makeAssignment: '建立作業',
  assignmentSettings: '設定',
  assignmentSettingsLead: '作業的名稱，以及誰看得到。日期與公布另有一頁。',
  state: '狀態',
  stateHints: {
    DRAFT: '只有教學團隊看得到。',
    PUBLISHED: '學生看得到，並依日期作答。',
    ARCHIVED: '不能再開始。已開始的人可以繼續，做完的人仍看得到結果。',
  },
  shuffle: '選項順序隨機',
  shuffleHint:
    '之後開始的每份作答各有自己的選項順序，固定的選項留在原位。全班的頁面依原順序顯示，個別學生的頁面依該生看到的順序顯示。',
  startedHint: (count) => `${number(count)} 位學生已開始：網址不能再改，也不能改回草稿。`,
  exportFile: '匯出',
  exportLead: '設定、題目與正解，可以在這裡或別處再匯入。zip 會連同題目用到的課程圖片一起帶走。',
  download: '下載文件（JSON）',
  downloadPackage: '連同圖片下載（zip）',
  remove: '刪除',
  removeLead: '還沒有人開始，可以連同題目一起刪除。',
  removeStarted: '已有學生開始，不能刪除。請改為封存。',
  removeQuestion: (name) => `要刪除「${name}」與所有題目嗎？這個動作無法復原。`,
  cancel: '保留',
  save: '儲存',
  saved: '已儲存',
  working: '處理中……',
  failed: '沒有完成，請檢查網路後再試一次。',
  invalid: '沒有儲存，請修正標示的欄位。',
  issue: (issue) =>
    issue === 'reserved'
      ? '這個字由系統使用，請換一個。'
      : issue === 'unknown-zone'
        ? '沒有這個時區。'
        : issue.startsWith('expected lower-case')
          ? '只能用小寫英文字母、數字與單一連字號。'
          : '請填寫，且不要太長。',
}

export const courseDictionaries: Readonly<Record<Language, CourseMessages>> = { zh, en }
