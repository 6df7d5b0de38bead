import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { SwapStatus } from '@/lib/model-swaps/view'

export interface SwapMessages {
  readonly title: string
  readonly lead: string
  readonly choose: string
  readonly from: string
  readonly to: string
  readonly pick: string
  readonly questionsOf: (labels: string) => string
  readonly noCandidates: string
  readonly noModels: string
  readonly examine: string
  readonly offers: (to: string) => string
  readonly offersLead: string
  readonly gone: string
  readonly question: (label: string) => string
  readonly impossible: string
  readonly draft: (author: string, when: string) => string
  readonly tryIt: (count: number) => string
  readonly nonePossible: string
  readonly failed: string
  readonly swaps: string
  readonly none: string
  readonly number: (number: number) => string
  readonly statuses: Readonly<Record<SwapStatus, string>>
  readonly arrow: (from: string, to: string) => string
  readonly facts: (questions: number, author: string) => string
  readonly appliedBy: (name: string) => string
  readonly back: string
  readonly progress: {
    readonly title: string
    readonly figures: (ready: number, total: number) => string
    readonly keys: (done: number, total: number) => string
    readonly keysQueued: string
    readonly keysDone: string
    readonly keysFailed: string
    readonly figuresFailed: (count: number) => string
    readonly done: string
    readonly meanwhile: string
  }
  readonly cancel: string
  readonly discard: string
  readonly discardAsk: string
  readonly discardNow: string
  readonly keep: string
  readonly apply: (questions: number) => string
  readonly applyLead: string
  readonly reasonAsk: (parts: string) => string
  readonly reason: string
  readonly outdated: string
  readonly drafts: (labels: string) => string
  readonly applied: string
  readonly swapBack: string
  readonly keyReason: string
  readonly filter: string
  readonly all: (count: number) => string
  readonly changed: (count: number) => string
  readonly nothingChanged: string
  readonly before: string
  readonly after: string
  readonly option: string
  readonly keyed: string
  readonly holds: Readonly<Record<'holds' | 'fails' | 'open' | 'none', string>>
  readonly pending: string
  readonly changes: string
  readonly why: string
  readonly versions: (before: number, after: number) => string
  readonly noFigure: string
}

const en: SwapMessages = {
  title: 'Swap a model',
  lead: 'Try another model in questions that are about one. Figures are made anew and keys checked, beside what is published; nothing changes until you apply it, and attempts that have begun keep what they show.',
  choose: 'Choose two models',
  from: 'Model that goes',
  to: 'Model that takes its place',
  pick: 'Choose …',
  questionsOf: (labels) => `Questions ${labels}`,
  noCandidates: 'There is no other model of this kind. Models are uploaded on the course’s page of models.',
  noModels: 'No published question of this assignment shows a figure of a model.',
  examine: 'See what is possible',
  offers: (to) => `Where ${to} can take its place`,
  offersLead: 'Nothing has been computed yet. What cannot be swapped stays with its model.',
  gone: 'There is no such model here.',
  question: (label) => `Question ${label}`,
  impossible: 'Not possible',
  draft: (author, when) =>
    `Draft by ${author}, ${when}: it stays as it is, with its own model. Publishing it later will say that there is a newer version.`,
  tryIt: (count) => (count === 1 ? 'Try it in 1 question' : `Try it in ${count} questions`),
  nonePossible: 'Choose at least one question.',
  failed: 'This could not be done. Please try again.',
  swaps: 'Swaps',
  none: 'No swap has been proposed.',
  number: (number) => `Swap ${number}`,
  statuses: { proposed: 'Proposed', applied: 'Applied' },
  arrow: (from, to) => `${from} → ${to}`,
  facts: (questions, author) => `${questions === 1 ? '1 question' : `${questions} questions`}, by ${author}`,
  appliedBy: (name) => `Applied by ${name}`,
  back: 'All swaps',
  progress: {
    title: 'Computing',
    figures: (ready, total) => `Figures: ${ready} of ${total} ready`,
    keys: (done, total) => `Keys: ${done} of ${total} measurements`,
    keysQueued: 'Keys: waiting for the figures',
    keysDone: 'Keys: all measured',
    keysFailed: 'Keys: the check failed; the reason is in the worker’s log. Discard the swap and try again.',
    figuresFailed: (count) =>
      count === 1
        ? '1 figure could not be made: discard the swap and leave its question out.'
        : `${count} figures could not be made: discard the swap and leave their questions out.`,
    done: 'Everything is computed.',
    meanwhile: 'Figures for which students wait go first. You may leave the page.',
  },
  cancel: 'Cancel',
  discard: 'Discard',
  discardAsk: 'Discard this swap? Its figures and comparisons are removed.',
  discardNow: 'Discard it',
  keep: 'Keep it',
  apply: (questions) => (questions === 1 ? 'Apply to 1 question' : `Apply to ${questions} questions`),
  applyLead:
    'Makes a new version of each question, all at once, for attempts that begin from then on. To go back, swap the models again.',
  reasonAsk: (parts) =>
    `The new model contradicts the key of ${parts}. To apply it all the same, give a reason.`,
  reason: 'Reason, kept in the audit',
  outdated: 'Somebody has published or regraded this question since. Discard the swap and try it again.',
  drafts: (labels) =>
    `There are drafts of questions ${labels}. They stay as they are, with the old model; publishing one later will say that there is a newer version.`,
  applied: 'Applied. Attempts that begin from now on show the new model.',
  swapBack: 'Swap back',
  keyReason: 'Reason for keys that the model contradicts:',
  filter: 'Show',
  all: (count) => `All parts (${count})`,
  changed: (count) => `What changes (${count})`,
  nothingChanged: 'Every verdict, and what is true of every option, stays as it is.',
  before: 'Before',
  after: 'After',
  option: 'Option',
  keyed: 'key',
  holds: { holds: '✓ true', fails: '✕ false', open: 'open', none: '–' },
  pending: 'Not computed yet',
  changes: 'changes',
  why: 'Why',
  versions: (before, after) => `version ${before} → ${after}`,
  noFigure: 'Not made yet',
}

const zh: SwapMessages = {
  title: '替換模型',
  lead: '在用到某個模型的題目裡試用另一個模型：重新計算圖、重新檢查答案，和已發布的內容並列比較。套用之前什麼都不會改變；已開始的作答維持原樣。',
  choose: '選擇兩個模型',
  from: '要換掉的模型',
  to: '換上的模型',
  pick: '請選擇…',
  questionsOf: (labels) => `第 ${labels} 題`,
  noCandidates: '沒有其他同類的模型。模型可以在課程的「模型」頁面上傳。',
  noModels: '這份作業沒有任何已發布的題目用到模型的圖。',
  examine: '查看哪些題目可以替換',
  offers: (to) => `哪些題目可以換成 ${to}`,
  offersLead: '目前還沒有計算任何東西。不能替換的題目會保留原來的模型。',
  gone: '這裡沒有這個模型。',
  question: (label) => `第 ${label} 題`,
  impossible: '無法替換',
  draft: (author, when) =>
    `${author} 在 ${when} 存有草稿：草稿保持原樣，仍用原來的模型；之後發布時，系統會提醒已有較新的版本。`,
  tryIt: (count) => `在 ${count} 題中試試看`,
  nonePossible: '請至少選擇一題。',
  failed: '無法完成，請再試一次。',
  swaps: '替換紀錄',
  none: '還沒有人提出替換。',
  number: (number) => `替換 ${number}`,
  statuses: { proposed: '尚未套用', applied: '已套用' },
  arrow: (from, to) => `${from} → ${to}`,
  facts: (questions, author) => `${questions} 題，由 ${author} 提出`,
  appliedBy: (name) => `由 ${name} 套用`,
  back: '所有替換',
  progress: {
    title: '計算中',
    figures: (ready, total) => `圖：${total} 張中已完成 ${ready} 張`,
    keys: (done, total) => `答案檢查：${total} 項量測中已完成 ${done} 項`,
    keysQueued: '答案檢查：等待圖完成',
    keysDone: '答案檢查：全部完成',
    keysFailed: '答案檢查失敗，原因在背景程式的紀錄裡。請捨棄這次替換再試一次。',
    figuresFailed: (count) => `有 ${count} 張圖無法計算：請捨棄這次替換，並略過這些題目。`,
    done: '全部計算完成。',
    meanwhile: '學生正在等的圖會先算。你可以離開這個頁面。',
  },
  cancel: '取消',
  discard: '捨棄',
  discardAsk: '要捨棄這次替換嗎？它的圖和比較結果都會移除。',
  discardNow: '確定捨棄',
  keep: '保留',
  apply: (questions) => `套用到 ${questions} 題`,
  applyLead: '一次為所有題目建立新版本，之後開始的作答會使用新版本。若要復原，再替換回來即可。',
  reasonAsk: (parts) => `新模型的表現與 ${parts} 的答案不符。若仍要套用，請寫下理由。`,
  reason: '理由（會留在稽核紀錄中）',
  outdated: '這一題在這之後發布了新版本或重新評分。請捨棄這次替換，再試一次。',
  drafts: (labels) =>
    `第 ${labels} 題有草稿。草稿保持原樣，仍用原來的模型；之後發布時，系統會提醒已有較新的版本。`,
  applied: '已套用。之後開始的作答會顯示新模型。',
  swapBack: '替換回來',
  keyReason: '與模型不符仍維持答案的理由：',
  filter: '顯示',
  all: (count) => `所有小題（${count}）`,
  changed: (count) => `有改變的（${count}）`,
  nothingChanged: '所有判定、以及每個選項是否成立，都沒有改變。',
  before: '之前',
  after: '之後',
  option: '選項',
  keyed: '正解',
  holds: { holds: '✓ 成立', fails: '✕ 不成立', open: '未定', none: '–' },
  pending: '尚未計算',
  changes: '有改變',
  why: '為什麼',
  versions: (before, after) => `版本 ${before} → ${after}`,
  noFigure: '尚未產生',
}

export const swapDictionaries: Readonly<Record<Language, SwapMessages>> = { en, zh }

export function useSwapMessages(): SwapMessages {
  return swapDictionaries[usePreferences().language.interface]
}
