import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { FiledPart } from '@/lib/answer-files/mutations'

/** What the section on answer files says; of its own, so that no student's page carries it. */
interface AnswerFileWords {
  readonly title: string
  readonly lead: string
  readonly choose: string
  readonly unreachable: string
  readonly madeAt: string
  readonly question: string
  readonly filed: string
  readonly stored: string
  readonly chosenAt: string
  readonly state: string
  readonly states: Readonly<Record<FiledPart['status'], string>>
  readonly ended: string
  readonly acceptLate: string
  readonly lateHint: string
  readonly apply: (count: number) => string
  readonly applied: (count: number) => string
  readonly points: (before: string, after: string) => string
}

const words: Readonly<Record<Language, AnswerFileWords>> = {
  en: {
    title: 'Answer files',
    lead: 'When a device cannot reach the server any more, a student can download the answers that wait on it as an encrypted file. Choose the file here: you see what it holds before anything changes.',
    choose: 'Choose an answer file',
    unreachable: 'The server did not answer. Please try again.',
    madeAt: 'Made, by the device’s clock:',
    question: 'Question',
    filed: 'In the file',
    stored: 'Stored',
    chosenAt: 'Chosen (device’s clock)',
    state: 'State',
    states: {
      new: 'newer than what is stored',
      same: 'stored already',
      older: 'older than what is stored',
      invalid: 'no answer of this attempt',
    },
    ended: 'The attempt ended',
    acceptLate: 'Take these answers after the end',
    lateHint: 'The device’s clock proves nothing. Your decision is written into the audit log.',
    apply: (count) => (count === 1 ? 'Store 1 answer' : `Store ${count} answers`),
    applied: (count) => (count === 1 ? '1 answer was stored.' : `${count} answers were stored.`),
    points: (before, after) => `Graded anew: ${before} → ${after} points.`,
  },
  zh: {
    title: '答案檔',
    lead: '當裝置再也無法連上伺服器時，學生可以把裝置上尚未送出的答案下載成加密檔案。在這裡選擇檔案：先看到內容，再決定是否採用。',
    choose: '選擇答案檔',
    unreachable: '伺服器沒有回應，請再試一次。',
    madeAt: '製作時間（裝置的時鐘）：',
    question: '題目',
    filed: '檔案中',
    stored: '已儲存',
    chosenAt: '選擇時間（裝置的時鐘）',
    state: '狀態',
    states: {
      new: '比已儲存的新',
      same: '已經儲存',
      older: '比已儲存的舊',
      invalid: '不屬於這份作答',
    },
    ended: '作答結束於',
    acceptLate: '結束後仍收下這些答案',
    lateHint: '裝置的時鐘不能證明什麼；你的決定會寫入稽核紀錄。',
    apply: (count) => `儲存 ${count} 題答案`,
    applied: (count) => `已儲存 ${count} 題答案。`,
    points: (before, after) => `已重新評分：${before} → ${after} 分。`,
  },
}

export function useAnswerFileWords(): AnswerFileWords {
  return words[usePreferences().language.interface]
}
