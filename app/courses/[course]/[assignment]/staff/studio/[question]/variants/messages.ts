import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { KeyRefusal } from '@/lib/variants/recomputed-key'
import type { FixedReason } from '@/lib/variants/variety'
import type { TextsOrigin, VariantLine } from '@/lib/variants/view'

/** What the page of a question's variants says. */
export interface VariantMessages {
  readonly title: (label: string) => string
  readonly lead: string
  readonly back: string
  readonly unpublished: string
  readonly carried: (variants: number) => string
  readonly fixedTitle: string
  readonly fixed: Readonly<Record<FixedReason, (part: string) => string>>
  readonly dealing: string
  readonly dealingHint: (ready: number) => string
  readonly texts: string
  readonly textsLead: string
  readonly textsFrom: Readonly<Record<TextsOrigin, string>>
  readonly placeholder: string
  readonly meaning: string
  readonly measured: string
  readonly prompt: string
  readonly partPrompt: (part: string) => string
  readonly option: (letter: string) => string
  readonly explanation: (part: string) => string
  readonly issues: Readonly<
    Record<'unknown' | 'tells-key' | 'languages-differ' | 'empty', (name: string) => string>
  >
  readonly save: string
  readonly saved: string
  readonly newerVersion: (version: number) => string
  readonly takeTexts: (version: number) => string
  readonly make: string
  readonly makeLead: string
  readonly inPlaceOf: (name: string) => string
  readonly region: (name: string) => string
  readonly tooFew: (needed: number) => string
  readonly samePictures: string
  readonly regionTwice: string
  readonly makeNow: string
  readonly list: string
  readonly none: string
  readonly name: (number: number) => string
  readonly states: Readonly<Record<VariantLine['state'], string>>
  readonly progress: (done: number, total: number) => string
  readonly stale: string
  readonly refusals: Readonly<Record<KeyRefusal, string>>
  readonly clear: string
  /** A bundled picture, which has a number and a title. */
  readonly titled: (picture: string, title: string) => string
  /** Beside what was found. */
  readonly facts: (facts: readonly string[]) => string
  readonly margin: (margin: string) => string
  readonly seeds: (agreeing: number, seeds: number, spread: string) => string
  readonly part: (label: string) => string
  /** What is said of a part, or the name of a field in it. */
  readonly ofPart: (label: string, said: string) => string
  readonly numbers: string
  readonly keyed: string
  readonly leftovers: (names: string) => string
  readonly preview: string
  readonly figureWaits: string
  readonly figureFailed: string
  readonly confirm: string
  readonly dealt: string
  readonly withdraw: string
  readonly attempts: (count: number) => string
  readonly cancel: string
  readonly remove: string
  readonly again: string
  readonly unreachable: string
  readonly stands: (region: string, other: string) => string
}

const en: VariantMessages = {
  title: (label) => `Variants of question ${label}`,
  lead: 'The same question on another picture. The key is not copied: every option’s claim is measured there anew, and the variant is kept only where exactly the keyed options are true, clearly and with every seed.',
  back: 'Back to the question',
  unpublished: 'This question was never published. Publish it first: variants are made of what students see.',
  carried: (variants) =>
    `This copy was never published. ${variants === 1 ? 'The variant that came along with it is' : `The ${variants} variants that came along with it are`} measured anew when it is.`,
  fixedTitle: 'This question can have no variants',
  fixed: {
    'no-picture': () => 'Its figure shows no picture.',
    'no-claims': (part) =>
      `Nobody has said what the key of part ${part} rests on. Give each of its options a claim.`,
    reasoned: (part) =>
      `The key of part ${part} follows from a definition: it is the same on every picture, and nothing could be recomputed.`,
    weighted: (part) => `The rule of part ${part} weighs single options of this one key.`,
    'picture-not-measured': () =>
      'Nothing that was measured is of the picture: another one would change nothing that is asked.',
  },
  dealing: 'Each attempt gets the question or one of its variants',
  dealingHint: (ready) =>
    ready === 0
      ? 'No variant can be dealt yet. Attempts that have begun keep what they show.'
      : `By chance, each as likely: the question itself or one of ${ready === 1 ? 'one variant' : `${ready} variants`}. Attempts that have begun keep what they show.`,
  texts: 'Texts',
  textsLead:
    'What every variant says. Placeholders stand for what differs; anything else is the same on every picture, so take out what is true of the first one only, such as “in the lower-left corner”.',
  textsFrom: {
    suggested:
      'A suggestion: placeholders stand where pictures and regions were named. Read it, then save it.',
    provided: 'They come with the question, ready to be used. Change what you like.',
    saved: 'Saved for this version of the question.',
  },
  placeholder: 'Placeholder',
  meaning: 'In the question itself',
  measured: 'what was measured of the options of the key, in sentences; in explanations only',
  prompt: 'Prompt',
  partPrompt: (part) => `Prompt of part ${part}`,
  option: (letter) => `Option ${letter}`,
  explanation: (part) => `Explanation of part ${part}`,
  issues: {
    unknown: (name) => `There is no placeholder ${name}.`,
    'tells-key': (name) => `${name} tells the key: it belongs into an explanation.`,
    'languages-differ': (name) => `${name} stands in one language only.`,
    empty: () => 'A text is missing.',
  },
  save: 'Save texts',
  saved: 'Saved. Variants made from now on say this.',
  newerVersion: (version) =>
    `Version ${version} of the question was published meanwhile. What is written here is not saved yet, and would be for that version.`,
  takeTexts: (version) => `Take the texts of version ${version}`,
  make: 'Make a variant',
  makeLead:
    'Choose a picture, and which of its regions stand in for those that the options speak of. The worker measures; this takes from seconds to some minutes.',
  inPlaceOf: (name) => `In place of ${name}`,
  region: (name) => `In place of “${name}”`,
  tooFew: (needed) => `This picture has fewer than ${needed} regions.`,
  samePictures: 'Choose a picture that the question does not show.',
  regionTwice: 'Two regions have become one. Choose another for each.',
  makeNow: 'Measure and make',
  list: 'Variants',
  none: 'None yet.',
  name: (number) => `Variant ${number}`,
  states: {
    queued: 'Waits',
    computing: 'Being measured',
    supported: 'Clearly supported',
    refused: 'Refused',
    failed: 'Could not be measured',
  },
  progress: (done, total) => `${done} of at most ${total} measurements`,
  stale: 'Made from an earlier version of the question: it is not dealt any more. Make it again.',
  refusals: {
    'not-computable': 'A model or region is missing, so that nothing could be measured.',
    undecided: 'A number that would decide does not exist.',
    'nothing-true': 'No option is true of this picture.',
    'wrong-count': 'More or fewer options are true than may be chosen.',
    unstable: 'Other seeds give another key.',
    thin: 'The margin is too thin: below a twentieth, or below its own spread over the seeds.',
  },
  clear: 'The keyed options are true, all others false.',
  titled: (picture, title) => `${picture} (${title})`,
  facts: (facts) => ` (${facts.join('; ')})`,
  margin: (margin) => `margin ${margin}`,
  seeds: (agreeing, seeds, spread) => `${agreeing} of ${seeds} seeds, spread ${spread}`,
  part: (label) => `Part ${label}`,
  ofPart: (label, said) => `Part ${label}: ${said}`,
  numbers: 'Numbers',
  keyed: 'Key',
  leftovers: (names) => `Its texts still name what it does not show: ${names}.`,
  preview: 'As a student sees it',
  figureWaits: 'Its figure is being drawn; until then it is not dealt.',
  figureFailed: 'Its figure could not be drawn, so that it is not dealt.',
  confirm: 'I have read it in both languages: it may be dealt',
  dealt: 'May be dealt',
  withdraw: 'Deal it no more',
  attempts: (count) => (count === 1 ? 'one attempt has it' : `${count} attempts have it`),
  cancel: 'Cancel',
  remove: 'Remove',
  again: 'Make again',
  unreachable: 'The server cannot be reached. Try again.',
  stands: (region, other) => `${other} for ${region}`,
}

const zh: VariantMessages = {
  title: (label) => `第 ${label} 題的變體`,
  lead: '同一道題目換成另一張圖片。正解不是照抄：每個選項的主張都會在新圖片上重新量測，只有在正解恰好成立、其他選項都不成立，而且差距夠大、每個亂數種子結果都一致時，才會保留這個變體。',
  back: '回到題目',
  unpublished: '這一題還沒有發布。請先發布：變體是以學生看到的版本製作的。',
  carried: (variants) => `這份複本尚未發布。隨它而來的 ${variants} 個變體會在發布後重新量測。`,
  fixedTitle: '這一題不能製作變體',
  fixed: {
    'no-picture': () => '它的圖沒有任何圖片。',
    'no-claims': (part) => `第 ${part} 小題的正解沒有寫明依據。請先為每個選項寫下主張。`,
    reasoned: (part) => `第 ${part} 小題的正解由定義推得，不論哪張圖片都一樣，沒有可以重新計算的東西。`,
    weighted: (part) => `第 ${part} 小題的計分規則為這份正解的各選項分別配分。`,
    'picture-not-measured': () => '量測與圖片無關：換一張圖片並不會改變題目問的事。',
  },
  dealing: '每次作答隨機拿到這一題或它的其中一個變體',
  dealingHint: (ready) =>
    ready === 0
      ? '目前還沒有可以發放的變體。已開始的作答不受影響。'
      : `原題與 ${ready} 個變體的機會相等。已開始的作答不受影響。`,
  texts: '文字',
  textsLead:
    '所有變體共用的文字。不同之處以代號表示；其餘文字在每張圖片上都一樣，因此請刪去只對原圖成立的描述，例如「左下角的」。',
  textsFrom: {
    suggested: '這是建議：提到圖片與區域的地方已換成代號。請讀過再儲存。',
    provided: '隨題目附上的文字，可直接使用，也可以修改。',
    saved: '已為題目的這個版本儲存。',
  },
  placeholder: '代號',
  meaning: '在原題中',
  measured: '對正解選項的量測結果，寫成句子；只能放在說明裡',
  prompt: '題目',
  partPrompt: (part) => `第 ${part} 小題的題目`,
  option: (letter) => `選項 ${letter}`,
  explanation: (part) => `第 ${part} 小題的說明`,
  issues: {
    unknown: (name) => `沒有代號 ${name}。`,
    'tells-key': (name) => `${name} 會洩漏正解，只能放在說明裡。`,
    'languages-differ': (name) => `${name} 只出現在其中一種語言。`,
    empty: () => '缺少文字。',
  },
  save: '儲存文字',
  saved: '已儲存。之後製作的變體都會使用。',
  newerVersion: (version) =>
    `這段期間已發布題目的版本 ${version}。這裡寫的內容尚未儲存，儲存後會用於該版本。`,
  takeTexts: (version) => `改用版本 ${version} 的文字`,
  make: '製作變體',
  makeLead: '選一張圖片，並指定用哪些區域代替選項所提到的區域。量測由背景程式進行，需要幾秒到幾分鐘。',
  inPlaceOf: (name) => `代替${name}`,
  region: (name) => `代替「${name}」`,
  tooFew: (needed) => `這張圖片的區域少於 ${needed} 個。`,
  samePictures: '請選一張原題沒有用到的圖片。',
  regionTwice: '有兩個區域選了同一個，請各選一個。',
  makeNow: '量測並製作',
  list: '變體',
  none: '還沒有變體。',
  name: (number) => `變體 ${number}`,
  states: {
    queued: '等候中',
    computing: '量測中',
    supported: '明確成立',
    refused: '未採用',
    failed: '無法量測',
  },
  progress: (done, total) => `已完成 ${done} 次量測，最多 ${total} 次`,
  stale: '依題目的舊版本製作，已不再發放。請重新製作。',
  refusals: {
    'not-computable': '缺少模型或區域，無法量測。',
    undecided: '判定所需的數值不存在。',
    'nothing-true': '在這張圖片上沒有任何選項成立。',
    'wrong-count': '成立的選項比可以選的多或少。',
    unstable: '換一個亂數種子，正解就不同。',
    thin: '差距太小：不到二十分之一，或小於各種子之間的變動。',
  },
  clear: '正解的選項都成立，其他選項都不成立。',
  titled: (picture, title) => `${picture}（${title}）`,
  facts: (facts) => `（${facts.join('；')}）`,
  margin: (margin) => `差距 ${margin}`,
  seeds: (agreeing, seeds, spread) => `${seeds} 個種子中有 ${agreeing} 個一致，變動 ${spread}`,
  part: (label) => `第 ${label} 小題`,
  ofPart: (label, said) => `第 ${label} 小題：${said}`,
  numbers: '數值',
  keyed: '正解',
  leftovers: (names) => `文字仍提到圖上沒有的東西：${names}。`,
  preview: '學生看到的樣子',
  figureWaits: '圖正在繪製，完成前不會發放。',
  figureFailed: '圖無法繪製，因此不會發放。',
  confirm: '我已讀過兩種語言的文字，可以發放',
  dealt: '可發放',
  withdraw: '停止發放',
  attempts: (count) => `${count} 份作答使用`,
  cancel: '取消',
  remove: '移除',
  again: '重新製作',
  unreachable: '無法連上伺服器，請再試一次。',
  stands: (region, other) => `以${other}代替${region}`,
}

export const variantDictionaries: Readonly<Record<Language, VariantMessages>> = { en, zh }

export function useVariantMessages(): VariantMessages {
  return variantDictionaries[usePreferences().language.interface]
}
