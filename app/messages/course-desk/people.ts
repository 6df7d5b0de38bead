import type { TableFileWords } from '@/app/components/table-file'
import type { Role } from '@/lib/auth/permissions'
import type { PersonChange, PlannedLine } from '@/lib/people/view'
import { number, plural } from '../counting'
import type { Language } from '../language'

/** What the page of a course's people says. */
export interface PeopleMessages extends TableFileWords {
  readonly title: string
  readonly lead: string
  readonly roles: Readonly<Record<Role, string>>
  readonly everybody: string
  readonly notEntered: string
  readonly search: string
  readonly searchHint: string
  readonly show: string
  readonly nobody: string
  readonly more: (count: number) => string
  readonly count: (count: number) => string
  readonly invited: (day: string) => string
  readonly expired: string
  readonly invitedElsewhere: string
  readonly extraTime: (percent: number) => string
  readonly change: string
  readonly role: string
  readonly section: string
  readonly noSection: string
  readonly extraTimeField: string
  readonly extraTimeHint: string
  readonly remove: string
  readonly removeQuestion: (name: string, attempts: number) => string
  readonly cancel: string
  readonly save: string
  readonly newLink: string
  readonly newLinks: (count: number) => string
  readonly newLinksHint: string
  readonly enrol: string
  readonly enrolLead: string
  readonly table: string
  readonly tableHint: string
  readonly check: string
  readonly apply: string
  readonly checked: (lines: readonly PlannedLine[], same: number) => string
  readonly done: (lines: readonly PlannedLine[], same: number) => string
  readonly nothing: string
  readonly makes: (sections: readonly string[]) => string
  readonly problems: (count: number) => string
  readonly line: (line: number) => string
  readonly kinds: Readonly<Record<PlannedLine['kind'], string>>
  readonly changed: (change: PersonChange) => string
  readonly furtherLines: (count: number) => string
  readonly links: string
  readonly linksLead: (count: number) => string
  readonly copy: (name: string) => string
  readonly copied: string
  readonly downloadLinks: string
  readonly linkColumns: readonly [name: string, email: string, link: string, until: string]
  readonly working: string
  readonly failed: string
  readonly invalid: string
}

const rolesEn = { STUDENT: 'Student', TA: 'TA', INSTRUCTOR: 'Instructor' } as const
const rolesZh = { STUDENT: '學生', TA: '助教', INSTRUCTOR: '教師' } as const

const kindCounts = (lines: readonly PlannedLine[]) => ({
  account: lines.filter(({ kind }) => kind === 'account').length,
  enrol: lines.filter(({ kind }) => kind === 'enrol').length,
  change: lines.filter(({ kind }) => kind === 'change').length,
})

const en: PeopleMessages = {
  title: 'People',
  lead: 'Who is in the course, and as what. Changes hold at once.',
  roles: rolesEn,
  everybody: 'Everybody',
  notEntered: 'Not signed in yet',
  search: 'Search people',
  searchHint: 'Name or email',
  show: 'Show',
  nobody: 'Nobody matches.',
  more: (count) => `Show ${number(count)} more`,
  count: (count) => plural(count, 'person', 'people'),
  invited: (day) => `Invited, link valid until ${day}`,
  expired: 'Invited, link expired',
  invitedElsewhere: 'Invited from elsewhere',
  extraTime: (percent) => `+${percent}% time`,
  change: 'Change',
  role: 'Role',
  section: 'Section',
  noSection: 'No section',
  extraTimeField: 'Extra time in %',
  extraTimeHint: 'On every time limit: 50 is time and a half.',
  remove: 'Remove',
  removeQuestion: (name, attempts) =>
    attempts > 0
      ? `Remove ${name} from the course? ${plural(attempts, 'attempt stays', 'attempts stay')} stored, and comes back with the person.`
      : `Remove ${name} from the course? The account stays.`,
  cancel: 'Cancel',
  save: 'Save',
  newLink: 'New link',
  newLinks: (count) => `New links for all ${number(count)} who have not come yet`,
  newLinksHint: 'Links that were given out before end.',
  enrol: 'Enrol by table',
  enrolLead:
    'A column “email”, and as many as you like of “name”, “role” (student, ta, instructor), “section” and “extra time” (in %). An empty cell changes nothing; whoever is not in the table stays as they are. Check first: nothing is changed by that. Then all of it is taken in, or nothing.',
  table: 'Table',
  tableHint: 'Paste cells from a spreadsheet, or choose a CSV file.',
  file: 'CSV file',
  fileTooLarge: (name, most) =>
    `${name} was not read: it is larger than ${number(most)} kB. Keep the columns that are needed, or take the class in in parts.`,
  fileUnreadable: (name) => `${name} could not be read. Save it as “CSV UTF-8”, and choose it again.`,
  check: 'Check',
  apply: 'Enrol',
  checked: (lines, same) => {
    const { account, enrol, change } = kindCounts(lines)
    return `Would make ${plural(account, 'account', 'accounts')}, enrol ${number(account + enrol)}, change ${number(change)}; ${number(same)} as they are.`
  },
  done: (lines, same) => {
    const { account, enrol, change } = kindCounts(lines)
    return `Made ${plural(account, 'account', 'accounts')}, enrolled ${number(account + enrol)}, changed ${number(change)}; ${number(same)} as they were.`
  },
  nothing: 'The table changes nothing: everybody in it is in the course like that already.',
  makes: (sections) => `New sections: ${sections.join(', ')}.`,
  problems: (count) =>
    `${plural(count, 'line is', 'lines are')} wrong. Nothing can be taken in until they are right.`,
  line: (line) => `Line ${line}`,
  kinds: { account: 'new account', enrol: 'has an account', change: 'changes' },
  changed: ({ field, from, to }) =>
    field === 'role'
      ? `${rolesEn[from as Role]} → ${rolesEn[to as Role]}`
      : field === 'section'
        ? `section ${from || '–'} → ${to || '–'}`
        : `extra time ${from}% → ${to}%`,
  furtherLines: (count) => `and ${number(count)} more`,
  links: 'Invitation links',
  linksLead: (count) =>
    `${plural(count, 'link', 'links')}, shown this once: no mail is sent, so pass them on now. Each sets the password of one account, once, within 14 days. Whoever signs in through the institution needs none.`,
  copy: (name) => `Copy the link of ${name}`,
  copied: 'Copied',
  downloadLinks: 'Download as CSV',
  linkColumns: ['name', 'email', 'link', 'valid until'],
  working: 'Working …',
  failed: 'It was not done. Check the network and try again.',
  invalid: 'This value is not possible: extra time is a whole number from 0 to 400.',
}

const zh: PeopleMessages = {
  title: '成員',
  lead: '課程裡有哪些人、各是什麼身分。變更立即生效。',
  roles: rolesZh,
  everybody: '全部',
  notEntered: '尚未登入',
  search: '搜尋成員',
  searchHint: '姓名或電子郵件',
  show: '顯示',
  nobody: '沒有符合的人。',
  more: (count) => `再顯示 ${number(count)} 位`,
  count: (count) => `${number(count)} 位`,
  invited: (day) => `已邀請，連結有效至 ${day}`,
  expired: '已邀請，連結已過期',
  invitedElsewhere: '由其他課程邀請',
  extraTime: (percent) => `時間 +${percent}%`,
  change: '變更',
  role: '身分',
  section: '班別',
  noSection: '未分班',
  extraTimeField: '延長時間（%）',
  extraTimeHint: '加在每個時限上：50 表示一倍半的時間。',
  remove: '移除',
  removeQuestion: (name, attempts) =>
    attempts > 0
      ? `要將${name}移出課程嗎？${number(attempts)} 份作答會保留，重新加入後即可再看到。`
      : `要將${name}移出課程嗎？帳號會保留。`,
  cancel: '取消',
  save: '儲存',
  newLink: '新連結',
  newLinks: (count) => `為尚未登入的 ${number(count)} 位產生新連結`,
  newLinksHint: '先前給出的連結會失效。',
  enrol: '以表格加入',
  enrolLead:
    '需要「email」欄，另可有「name」（姓名）、「role」（身分：學生、助教、教師）、「section」（班別）與「extra time」（延長時間，百分比）。空白的儲存格不做變更；不在表格裡的人維持原樣。請先檢查，檢查不會變更任何資料；之後全部收下，或完全不變更。',
  table: '表格',
  tableHint: '從試算表複製貼上，或選擇 CSV 檔。',
  file: 'CSV 檔',
  fileTooLarge: (name, most) =>
    `沒有讀取「${name}」：檔案超過 ${number(most)} kB。請只保留需要的欄位，或分批匯入。`,
  fileUnreadable: (name) => `無法讀取「${name}」。請另存為「CSV UTF-8」，再重新選擇。`,
  check: '檢查',
  apply: '加入',
  checked: (lines, same) => {
    const { account, enrol, change } = kindCounts(lines)
    return `將新增 ${number(account)} 個帳號、加入 ${number(account + enrol)} 位、變更 ${number(change)} 位；${number(same)} 位不變。`
  },
  done: (lines, same) => {
    const { account, enrol, change } = kindCounts(lines)
    return `已新增 ${number(account)} 個帳號、加入 ${number(account + enrol)} 位、變更 ${number(change)} 位；${number(same)} 位不變。`
  },
  nothing: '這份表格不會造成變更：其中的人都已經是這樣了。',
  makes: (sections) => `新的班別：${sections.join('、')}。`,
  problems: (count) => `有 ${number(count)} 列不正確，全部修正後才能收下。`,
  line: (line) => `第 ${line} 列`,
  kinds: { account: '新帳號', enrol: '已有帳號', change: '變更' },
  changed: ({ field, from, to }) =>
    field === 'role'
      ? `${rolesZh[from as Role]} → ${rolesZh[to as Role]}`
      : field === 'section'
        ? `班別 ${from || '–'} → ${to || '–'}`
        : `延長時間 ${from}% → ${to}%`,
  furtherLines: (count) => `還有 ${number(count)} 列`,
  links: '邀請連結',
  linksLead: (count) =>
    `共 ${number(count)} 個連結，只在這裡顯示這一次：系統不寄信，請現在轉交。每個連結在 14 天內可設定一個帳號的密碼，限用一次。以學校帳號登入的人不需要連結。`,
  copy: (name) => `複製${name}的連結`,
  copied: '已複製',
  downloadLinks: '下載 CSV',
  linkColumns: ['姓名', '電子郵件', '連結', '有效至'],
  working: '處理中……',
  failed: '沒有完成，請檢查網路後再試一次。',
  invalid: '這個值不行：延長時間必須是 0 到 400 的整數。',
}

export const peopleDictionaries: Readonly<Record<Language, PeopleMessages>> = { zh, en }
