import type { Language } from '@/app/messages/language'
import type { VerdictName } from '@/lib/verification/part-verdict'

/** What the page of evidence says. Apart from the dictionaries: no student's page should load it. */
export interface EvidenceMessages {
  readonly title: string
  readonly lead: string
  readonly verdicts: Readonly<Record<VerdictName | 'unchecked', string>>
  readonly meanings: Readonly<Record<VerdictName | 'unchecked', string>>
  readonly filter: string
  readonly all: string
  readonly thin: string
  readonly thinMeaning: string
  readonly none: string
  readonly checkAll: string
  readonly checkOne: string
  readonly seeds: string
  readonly seedCount: (count: number) => string
  readonly queued: string
  readonly checking: (done: number, total: number) => string
  readonly checkFailed: string
  readonly requestFailed: string
  readonly margin: (margin: string) => string
  readonly unrepeated: string
  readonly stability: (agreeing: number, seeds: number, spread: string) => string
  readonly keyed: string
  readonly holds: string
  readonly fails: string
  readonly open: string
  readonly why: string
  readonly demonstration: string
  readonly demonstrated: string
  readonly notDemonstrated: string
  readonly reason: string
  readonly noReason: string
  readonly disputed: string
  readonly explanation: string
  readonly insteadOf: (model: string) => string
  readonly history: string
  readonly version: (version: number) => string
  readonly toMend: string
  readonly chosen: string
}

const en: EvidenceMessages = {
  title: 'Evidence for the key',
  lead: 'Each option is a claim about the model. Here every key is compared with what was measured of the model as it is now.',
  verdicts: {
    supported: 'Supported',
    ambiguous: 'Ambiguous',
    contradicted: 'Contradicted',
    reasoned: 'Reasoned',
    'not-computable': 'Not computable here',
    unchecked: 'Not checked yet',
  },
  meanings: {
    supported: 'What the key says is true of the model, and no other option is.',
    ambiguous: 'What the key says is true of the model, but another option is true too.',
    contradicted: 'Something that the key says is false of the model.',
    reasoned: 'The key follows from a definition. There is nothing to measure that could refute it.',
    'not-computable': 'Something is missing here that the measurement needs.',
    unchecked: 'The worker has not come to it yet.',
  },
  filter: 'Show',
  all: 'All',
  thin: 'Thin',
  thinMeaning: 'A tie, seeds that disagree, or a margin under its spread over the seeds.',
  none: 'No key has this verdict.',
  checkAll: 'Check all again',
  checkOne: 'Check this one again',
  seeds: 'Seeds where chance takes part',
  seedCount: (count) => (count === 1 ? '1 seed' : `${count} seeds`),
  queued: 'Waiting for the worker',
  checking: (done, total) => (total === 0 ? 'Checking …' : `Checking: ${done} of ${total}`),
  checkFailed: 'The last check failed; the reason is in the worker’s log.',
  requestFailed: 'The check could not be requested. Try again.',
  margin: (margin) => `Margin ${margin}`,
  unrepeated:
    'Only with the figure’s own seed so far: checking again tries others and says whether the verdict holds.',
  stability: (agreeing, seeds, spread) => `${agreeing} of ${seeds} seeds agree, spread ${spread}`,
  keyed: 'key',
  holds: 'true of the model',
  fails: 'false of the model',
  open: 'not measured',
  why: 'Options and what was measured',
  demonstration: 'Demonstration',
  demonstrated: 'The model shows it',
  notDemonstrated: 'The model does not show it',
  reason: 'Why the key stands',
  noReason: 'No reason is recorded.',
  disputed: 'Disputed',
  explanation: 'Explanation of the key',
  insteadOf: (model) => `in place of ${model}`,
  history: 'History',
  version: (version) => `question version ${version}`,
  toMend: 'To mend it, on the server:',
  chosen:
    'The bundled pictures were chosen so that as many keys as possible are supported by the bundled classifier; agreement there is by choice, not an independent finding.',
}

const zh: EvidenceMessages = {
  title: '正解的證據',
  lead: '每個選項都是一個關於模型的主張。這裡把正解和目前模型實際量到的結果相比。',
  verdicts: {
    supported: '受支持',
    ambiguous: '不唯一',
    contradicted: '相矛盾',
    reasoned: '由推理而得',
    'not-computable': '此處無法計算',
    unchecked: '尚未檢查',
  },
  meanings: {
    supported: '正解所說的對這個模型成立，其他選項都不成立。',
    ambiguous: '正解所說的對這個模型成立，但另有選項也成立。',
    contradicted: '正解所說的有一部分對這個模型不成立。',
    reasoned: '正解來自定義，沒有可以推翻它的量測。',
    'not-computable': '這裡缺少量測所需的東西。',
    unchecked: '背景程式還沒有檢查到這一題。',
  },
  filter: '顯示',
  all: '全部',
  thin: '臨界',
  thinMeaning: '平手、各隨機種子結論不一，或差距小於各種子之間的離散程度。',
  none: '沒有這種判定的正解。',
  checkAll: '全部重新檢查',
  checkOne: '重新檢查這一題',
  seeds: '含隨機成分時使用的種子數',
  seedCount: (count) => `${count} 個種子`,
  queued: '等待背景程式',
  checking: (done, total) => (total === 0 ? '檢查中……' : `檢查中：${done} / ${total}`),
  checkFailed: '上次檢查失敗，原因在背景程式的紀錄中。',
  requestFailed: '無法送出檢查要求，請再試一次。',
  margin: (margin) => `差距 ${margin}`,
  unrepeated: '目前只用圖上的隨機種子測過；重新檢查會再試其他種子，看判定是否仍然成立。',
  stability: (agreeing, seeds, spread) => `${seeds} 個種子中有 ${agreeing} 個一致，離散 ${spread}`,
  keyed: '正解',
  holds: '對模型成立',
  fails: '對模型不成立',
  open: '未量測',
  why: '選項與量測結果',
  demonstration: '示範',
  demonstrated: '模型呈現了這一點',
  notDemonstrated: '模型沒有呈現這一點',
  reason: '為何仍採用這個正解',
  noReason: '沒有記錄理由。',
  disputed: '有爭議',
  explanation: '正解的說明',
  insteadOf: (model) => `代替 ${model}`,
  history: '歷次判定',
  version: (version) => `題目第 ${version} 版`,
  toMend: '在伺服器上這樣補上：',
  chosen: '內建的圖片是為了讓內建分類器盡量支持正解而挑選的；兩者一致是挑選的結果，不是獨立的發現。',
}

export const evidenceMessages: Readonly<Record<Language, EvidenceMessages>> = { zh, en }
