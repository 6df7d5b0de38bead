import { plural } from '../counting'
import type { Language } from '../language'

/** What the radar of wrong keys says: always a question, never a verdict. */
export interface MisKeyMessages {
  readonly title: string
  readonly lead: string
  readonly nothing: string
  readonly count: (count: number) => string
  /** @param option what the evidence speaks for, in quotes; @param numbers what decides, or null */
  readonly evidenceFor: (option: string, numbers: readonly [string, string] | null) => string
  readonly evidenceAlso: (option: string) => string
  readonly evidenceAgainst: (key: string) => string
  readonly noEvidence: string
  readonly only: (evidence: string) => string
  readonly but: (evidence: string, students: string) => string
  readonly and: (evidence: string, students: string) => string
  readonly bestChoose: (rival: string, rivalShare: string, key: string, keyShare: string) => string
  /** The best do not put another option before the key; who does better elsewhere does worse here. */
  readonly bestFail: (key: string, keyShare: string) => string
  readonly quote: (letter: string, text: string) => string
  readonly askKey: string
  readonly askWording: string
  readonly askBoth: string
  readonly question: string
  readonly evidence: string
  readonly figure: string
  readonly kind: string
  readonly kinds: Readonly<Record<'both' | 'class-against-evidence' | 'class-only' | 'evidence-only', string>>
  readonly weight: string
  readonly sentence: string
  readonly howTitle: string
  readonly how: string
  readonly separator: string
}

const en: MisKeyMessages = {
  title: 'Is the key right?',
  lead: 'Evidence from the model and answers of the best 27 % of the class, held against each key.',
  nothing: 'Nothing speaks against a key.',
  count: (count) => plural(count, 'question to answer', 'questions to answer'),
  evidenceFor: (option, numbers) =>
    `the evidence says ${option}${numbers ? ` by ${numbers[0]} to ${numbers[1]}` : ''}`,
  evidenceAlso: (option) => `by the evidence ${option} holds too`,
  evidenceAgainst: (key) => `the evidence contradicts ${key}`,
  noEvidence: 'nothing was measured',
  only: (evidence) => `${evidence}.`,
  but: (evidence, students) => `${evidence}, but ${students}.`,
  and: (evidence, students) => `${evidence}, and ${students}.`,
  bestChoose: (rival, rivalShare, key, keyShare) =>
    `the best 27 % rather choose ${rival} (${rivalShare}; ${key} ${keyShare})`,
  bestFail: (key, keyShare) =>
    `students who do better elsewhere do worse here (of the best 27 %, ${keyShare} choose ${key})`,
  quote: (letter, text) => `${letter} “${text}”`,
  askKey: 'Is the key right?',
  askWording: 'Is the key right, or does the question mislead?',
  askBoth: 'Is the key wrong?',
  question: 'Question',
  evidence: 'Evidence',
  figure: 'Figure',
  kind: 'What speaks against it',
  kinds: {
    both: 'evidence and class',
    'class-against-evidence': 'class, against the evidence',
    'class-only': 'class; nothing measured',
    'evidence-only': 'evidence',
  },
  weight: 'Urgency (0 to 2)',
  sentence: 'In words',
  separator: ', ',
  howTitle: 'When this is asked',
  how: 'Asked where the model contradicts a key (1) or lets another option hold too (0.6) without a reason on record, or where the best 27 % put another option before the key by a tenth of them or more, or do worse than the weak, beyond one chance in twenty; at least ten students. Urgency adds the evidence’s number and the lead; where the evidence firmly supports the key, the lead counts half.',
}

const zh: MisKeyMessages = {
  title: '正解對嗎？',
  lead: '把模型的證據，以及全班前 27 % 學生的作答，與每一題的正解對照。',
  nothing: '沒有與正解相左的跡象。',
  count: (count) => `${count} 個待確認的問題`,
  evidenceFor: (option, numbers) =>
    `證據支持 ${option}${numbers ? `（${numbers[0]} 比 ${numbers[1]}）` : ''}`,
  evidenceAlso: (option) => `依證據，${option} 也成立`,
  evidenceAgainst: (key) => `證據與 ${key} 不符`,
  noEvidence: '這題沒有量測',
  only: (evidence) => `${evidence}。`,
  but: (evidence, students) => `${evidence}，但${students}。`,
  and: (evidence, students) => `${evidence}，而且${students}。`,
  bestChoose: (rival, rivalShare, key, keyShare) =>
    `前 27 % 的學生較常選 ${rival}（${rivalShare}；${key} ${keyShare}）`,
  bestFail: (key, keyShare) => `其他題做得好的學生，這題反而較差（前 27 % 中 ${keyShare} 選${key}）`,
  quote: (letter, text) => `${letter}「${text}」`,
  askKey: '正解對嗎？',
  askWording: '是正解有誤，還是題目容易誤導？',
  askBoth: '正解是不是錯了？',
  question: '題目',
  evidence: '證據',
  figure: '圖',
  kind: '不一致的來源',
  kinds: {
    both: '證據與作答',
    'class-against-evidence': '作答與證據相左',
    'class-only': '作答；沒有量測',
    'evidence-only': '證據',
  },
  weight: '急迫程度（0 到 2）',
  sentence: '文字說明',
  separator: '、',
  howTitle: '出現的條件',
  how: '出現的條件：模型與正解不符（1）、或另有選項也成立（0.6），且沒有記錄理由；或前 27 % 的學生選另一選項的比例比正解高出十分之一以上，或高分者反而答得較差，且偶然出現的機率小於二十分之一；至少十位學生。急迫程度是證據的數值加上比例差；若證據穩定支持正解，比例差只計一半。',
}

export const misKeyDictionaries: Readonly<Record<Language, MisKeyMessages>> = { zh, en }
